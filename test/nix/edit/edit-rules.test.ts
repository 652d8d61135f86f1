import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { editRules, editRulesInTurn } from '../../../src/store/nix/edit/edit-rules.ts';
import { added, alice, bob, edited, inputOf, offer, outcomeOf, web1, web2 } from './rules-bench.ts';

const head = `let
  alice = "${alice}";
  bob = "${bob}";
  hosts = { web1 = "${web1}"; "web-2" = "${web2}"; };
  users = [ alice bob ];
in
`;
const sorted = `${head}{
  # people
  "a.age".publicKeys = users;
  "c.age".publicKeys = [ alice ]; # the third
  "e.age".publicKeys = users ++ [ hosts.web1 ];
}
`;

describe('a new entry', () => {
  it.each([
    ['b.age', '  "c.age".publicKeys'],
    ['d.age', '  "e.age".publicKeys'],
    ['f.age', '}\n'],
  ])('%s goes to its place in the order, in one line', (key, before) => {
    const at = sorted.lastIndexOf(before);
    expect(added(sorted, key, ['users', 'hosts.web1'])).toBe(
      `${sorted.slice(0, at)}  "${key}".publicKeys = users ++ [ hosts.web1 ];\n${sorted.slice(at)}`,
    );
  });

  it('that comes first goes under the comment that heads them all', () => {
    expect(added(sorted, 'A.age', ['bob'])).toBe(
      sorted.replace('# people\n', '# people\n  "A.age".publicKeys = [ bob ];\n'),
    );
  });

  it.each([
    [
      'sets over several lines',
      '  "a.age" = {\n    publicKeys = users;\n    owner = "x";\n  };\n',
      '  "b.age" = {\n    publicKeys = [ bob ];\n  };\n',
    ],
    [
      'sets in one line',
      '  "a.age" = { publicKeys = users; };\n',
      '  "b.age" = { publicKeys = [ bob ]; };\n',
    ],
    ['tight lists', '  "a.age".publicKeys = [alice bob];\n', '  "b.age".publicKeys = [bob];\n'],
    [
      'lists over several lines',
      '  "a.age".publicKeys = [\n    alice\n    bob\n  ];\n',
      '  "b.age".publicKeys = [\n    bob\n  ];\n',
    ],
    [
      'a column',
      '  "aa.age".publicKeys   = users;\n  "aaaa.age".publicKeys = users;\n',
      '  "b.age".publicKeys    = [ bob ];\n',
    ],
    ['tabs', '\t"a.age".publicKeys = users;\n', '\t"b.age".publicKeys = [ bob ];\n'],
    ['no blanks around =', '  "a.age".publicKeys=users;\n', '  "b.age".publicKeys=[ bob ];\n'],
    [
      'blank lines between',
      '  "a.age".publicKeys = users;\n\n  "aa.age".publicKeys = users;\n',
      '\n  "b.age".publicKeys = [ bob ];\n',
    ],
    ['names without quotes', '  a.publicKeys = users;\n', '  b.publicKeys = [ bob ];\n'],
    [
      'a comment behind the last',
      '  "a.age".publicKeys = users; # all\n',
      '  "b.age".publicKeys = [ bob ];\n',
    ],
  ])('is written like its neighbours: %s', (name, neighbours, written) => {
    const key = name === 'names without quotes' ? 'b' : 'b.age';
    expect(added(`${head}{\n${neighbours}}\n`, key, ['bob'])).toBe(`${head}{\n${neighbours}${written}}\n`);
  });

  it('goes beside its directory where the file is in no order', () => {
    const rules = `${head}{
  "web/tls.age".publicKeys = users;
  "web/api.age".publicKeys = users;

  "db/root.age".publicKeys = users;
}
`;
    expect(added(rules, 'web/x.age', ['users'])).toBe(
      rules.replace(
        'api.age".publicKeys = users;\n',
        'api.age".publicKeys = users;\n  "web/x.age".publicKeys = users;\n',
      ),
    );
    expect(added(rules, 'mail/x.age', ['users'])).toBe(
      rules.replace(
        'root.age".publicKeys = users;\n',
        'root.age".publicKeys = users;\n\n  "mail/x.age".publicKeys = users;\n',
      ),
    );
  });

  it('says that it is armored, in the style of those that do', () => {
    expect(added(`${head}{\n  "a.age".publicKeys = users;\n}\n`, 'b.age', ['bob'], { armor: true })).toBe(
      `${head}{\n  "a.age".publicKeys = users;\n  "b.age" = { publicKeys = [ bob ]; armor = true; };\n}\n`,
    );
    const tall = '  "a.age" = {\n    publicKeys = users;\n    armor = true;\n  };\n';
    expect(added(`${head}{\n${tall}}\n`, 'b.age', ['users'], { armor: true })).toBe(
      `${head}{\n${tall}${tall.replace('a.age', 'b.age')}}\n`,
    );
  });

  it.each([
    [
      'on one line',
      `{ "a.age".publicKeys = [ "${bob}" ]; }`,
      /^\{ "a\.age"\.publicKeys = \[ "[^"]*" \]; "b\.age"\.publicKeys = k; \}$/,
    ],
    ['rec', `rec {\n  "a.age".publicKeys = [ "${bob}" ];\n}\n`, /\n {2}"b\.age"\.publicKeys = k;\n\}\n$/],
    ['with', `with { };\n{\n  "a.age".publicKeys = k;\n}\n`, /= k;\n {2}"b\.age"\.publicKeys = k;\n\}\n$/],
    ['parentheses', `({\n  "a.age".publicKeys = k;\n})\n`, /= k;\n {2}"b\.age"\.publicKeys = k;\n\}\)\n$/],
    [
      'a merge',
      `{ "z/x.age".publicKeys = k; } // {\n  "a.age".publicKeys = k;\n  "c.age".publicKeys = k;\n}\n`,
      /"c\.age"\.publicKeys = k;\n {2}"b\.age"\.publicKeys = k;\n\}\n$/,
    ],
    ['an empty set', '{ }\n', /^\{\n {2}"b\.age"\.publicKeys = k;\n\}\n$/],
    [
      'a set with a comment only',
      '{\n  # none yet\n}\n',
      /^\{\n {2}# none yet\n {2}"b\.age"\.publicKeys = k;\n\}\n$/,
    ],
    [
      'interpolated siblings',
      'let s = x: "${x}.age"; in {\n  ${s "a"}.publicKeys = k;\n}\n',
      /publicKeys = k;\n {2}"b\.age"\.publicKeys = k;\n\}\n$/,
    ],
  ])('goes into %s', (_, body, result) => {
    const prefix = `let k = [ "${alice}" ]; in `;
    const after = added(prefix + body, 'b.age', ['k']);
    expect(after.startsWith(prefix)).toBe(true);
    expect(after.slice(prefix.length)).toMatch(result);
  });

  it('goes into the file that its siblings are in', () => {
    const others = {
      'hosts/web.nix': `let k = [ "${bob}" ]; in {\n  "hosts/web/a.age".publicKeys = k;\n}\n`,
    };
    const edit = editRules(
      inputOf(`import ./hosts/web.nix // { "b.age".publicKeys = [ "${alice}" ]; }`, others),
      {
        kind: 'add',
        key: 'hosts/web/b.age',
        recipients: [{ text: 'k', kind: 'group', keys: [bob], uses: 1 }],
      },
    );
    expect(edit.ok && edit.value.map(({ path }) => path)).toEqual(['/r/hosts/web.nix']);
    expect(outcomeOf(edit)).toContain('\n  "hosts/web/b.age".publicKeys = k;\n}');
  });

  it.each(['it"s \\ ${x}.age', 'a$b$${c}.age', 'ümlaut 😀.age', 'tab\tnewline\n.age', "''.age", '.age'])(
    'is escaped: %j',
    (key) => {
      const after = added(sorted, key, ['users']);
      expect(edited(after, { kind: 'remove', key })).toBe(sorted);
    },
  );

  it('keeps CRLF', () => {
    const crlf = sorted.replaceAll('\n', '\r\n');
    expect(added(crlf, 'b.age', ['users'])).toBe(added(sorted, 'b.age', ['users']).replaceAll('\n', '\r\n'));
  });
});

describe('an entry that goes', () => {
  it('takes its line and the comment behind it along', () => {
    expect(edited(sorted, { kind: 'remove', key: 'c.age' })).toBe(
      sorted.replace('  "c.age".publicKeys = [ alice ]; # the third\n', ''),
    );
    expect(edited(sorted, { kind: 'remove', key: 'a.age' })).toBe(
      sorted.replace('  "a.age".publicKeys = users;\n', ''),
    );
  });

  it('takes the comment above along when that is about it alone, and one of two blank lines', () => {
    const own = `${head}{\n  # one\n  "a.age".publicKeys = users;\n\n  /* two\n     of them */\n  "b.age" = {\n    publicKeys = users;\n  };\n\n  # three\n  "c.age".publicKeys = users;\n}\n`;
    expect(edited(own, { kind: 'remove', key: 'b.age' })).toBe(
      own.replace(/ {2}\/\* two[\s\S]*?\};\n\n/, ''),
    );
    expect(edited(own, { kind: 'remove', key: 'a.age' })).toBe(own.replace(/ {2}# one\n.*\n\n/, ''));
    expect(edited(own, { kind: 'remove', key: 'c.age' })).toBe(own.replace(/\n {2}# three\n.*\n/, ''));
  });

  it('goes with all its statements, from lines with others, from an inherit, and from an interpolated name', () => {
    const two = `{ "a.age".publicKeys = [ "${bob}" ]; "a.age".armor = true; "b.age".publicKeys = [ "${bob}" ]; }`;
    expect(edited(two, { kind: 'remove', key: 'a.age' })).toBe(`{ "b.age".publicKeys = [ "${bob}" ]; }`);
    expect(edited(two, { kind: 'remove', key: 'b.age' })).toBe(two.replace(/ "b\.age.*?;/, ''));
    const inherit = `let x = { "a.age".publicKeys = [ "${bob}" ]; "b.age".publicKeys = [ "${bob}" ]; }; in { inherit (x) "a.age" "b.age"; }`;
    expect(edited(inherit, { kind: 'remove', key: 'a.age' })).toBe(inherit.replace('(x) "a.age"', '(x)'));
    const computed = `let s = x: "\${x}.age"; in {\n  \${s "a"}.publicKeys = [ "${bob}" ];\n  "b.age".publicKeys = [ "${bob}" ];\n}`;
    expect(edited(computed, { kind: 'remove', key: 'a.age' })).toBe(
      computed.replace(/ {2}\$\{s "a".*\n/, ''),
    );
  });

  it('may be broken', () => {
    const rules = `{ "a.age".publicKeys = [ ]; "b.age".publicKeys = [ "${bob}" ]; }`;
    expect(edited(rules, { kind: 'remove', key: 'a.age' })).toBe(
      rules.replace('"a.age".publicKeys = [ ]; ', ''),
    );
  });
});

describe('an entry that is renamed', () => {
  it('stays where it is, in all its statements', () => {
    expect(edited(sorted, { kind: 'rename', key: 'c.age', to: 'z "x".age' })).toBe(
      sorted.replace('"c.age"', '"z \\"x\\".age"'),
    );
    const two = `{ a.publicKeys = [ "${bob}" ]; a.armor = true; }`;
    expect(edited(two, { kind: 'rename', key: 'a', to: 'b' })).toBe(two.replaceAll('a.', 'b.'));
    expect(edited(two, { kind: 'rename', key: 'a', to: 'b.age' })).toBe(two.replaceAll('a.', '"b.age".'));
  });
});

describe('a recipient', () => {
  const grant = (rules: string, key: string, text: string): string => {
    const input = inputOf(rules);
    return outcomeOf(editRules(input, { kind: 'grant', key, recipient: offer(input, key, text) }));
  };
  const rule = (expression: string): string => `${head}{\n  "a.age".publicKeys = ${expression};\n}\n`;

  it.each([
    ['[ alice ]', 'bob', '[ alice bob ]'],
    ['[alice]', 'bob', '[alice bob]'],
    ['[ alice ]', 'hosts.web1', '[ alice hosts.web1 ]'],
    ['[ alice ]', 'hosts.web-2', '[ alice hosts.web-2 ]'],
    ['users', 'hosts.web1', 'users ++ [ hosts.web1 ]'],
    ['[ alice ] ++ [ bob ]', 'hosts.web1', '[ alice ] ++ [ bob hosts.web1 ]'],
    ['[ hosts.web1 ]', 'users', '[ hosts.web1 ] ++ users'],
    ['with hosts; [ web1 ]', 'alice', 'with hosts; [ web1 alice ]'],
    ['builtins.attrValues hosts', 'bob', 'builtins.attrValues hosts ++ [ bob ]'],
    ['if true then [ alice ] else users', 'bob', '(if true then [ alice ] else users) ++ [ bob ]'],
    ['(users)', 'hosts.web1', '(users) ++ [ hosts.web1 ]'],
    ['[\n    alice # me\n  ]', 'bob', '[\n    alice # me\n    bob\n  ]'],
    ['\n    [ alice ]\n    ++ [ bob ]', 'hosts.web1', '\n    [ alice ]\n    ++ [ bob hosts.web1 ]'],
  ])('is added to %s: %s', (expression, text, after) => {
    expect(grant(rule(expression), 'a.age', text)).toBe(rule(after));
  });

  it.each([
    ['[ alice bob ]', 'bob', '[ alice ]'],
    ['[ alice bob ]', 'alice', '[ bob ]'],
    ['[ (alice) bob ]', 'bob', '[ (alice) ]'],
    ['users ++ [ hosts.web1 ]', 'hosts.web1', 'users'],
    ['users ++ [ hosts.web1 ]', 'users', '[ hosts.web1 ]'],
    ['(users) ++ [ hosts.web1 ]', '(users)', '[ hosts.web1 ]'],
    ['with hosts; [ web1 alice ]', 'web1', 'with hosts; [ alice ]'],
    ['[\n    alice # me\n    bob\n  ]', 'alice', '[\n    bob\n  ]'],
    ['[\n    # me\n    alice\n    # him\n    bob\n  ]', 'bob', '[\n    # me\n    alice\n  ]'],
    ['users\n    ++ [ hosts.web1 ]', 'hosts.web1', 'users'],
  ])('is taken out of %s: %s', (expression, recipient, after) => {
    expect(edited(rule(expression), { kind: 'revoke', key: 'a.age', recipient })).toBe(rule(after));
  });

  it.each([
    ['users', 'alice', 'not-found: alice is not written in the rule for a.age'],
    ['users', 'users', 'usage: nobody could read a.age any more'],
    ['[ alice ]', 'alice', 'usage: nobody could read a.age any more'],
  ])('is not taken out of %s: %s', (expression, recipient, says) => {
    expect(edited(rule(expression), { kind: 'revoke', key: 'a.age', recipient })).toBe(says);
  });

  it('that can read already is not added', () => {
    expect(grant(rule('users'), 'a.age', 'bob')).toBe('usage: bob can read a.age already');
    expect(grant(rule('[ bob ]'), 'a.age', 'users')).toBe('usage: part of users can read a.age already');
  });

  it('is changed in an entry with an interpolated name too', () => {
    const rules = `${head}{\n  \${"a" + ".age"}.publicKeys = [ alice ];\n}\n`;
    expect(grant(rules, 'a.age', 'bob')).toBe(rules.replace('[ alice ];', '[ alice bob ];'));
  });
});

describe('several changes', () => {
  it('come as one new text, or not at all', () => {
    const input = inputOf(sorted);
    const all = editRulesInTurn(input, [
      { kind: 'remove', key: 'a.age' },
      { kind: 'rename', key: 'c.age', to: 'a.age' },
      { kind: 'revoke', key: 'e.age', recipient: 'users' },
    ]);
    expect(all.ok && all.value.length).toBe(1);
    expect(all.ok && Buffer.from(all.value[0]?.before ?? []).toString()).toBe(sorted);
    expect(outcomeOf(all)).toBe(
      sorted
        .replace('  "a.age".publicKeys = users;\n', '')
        .replace('"c.age"', '"a.age"')
        .replace('users ++ [ hosts.web1 ]', '[ hosts.web1 ]'),
    );
    const half = editRulesInTurn(input, [
      { kind: 'remove', key: 'a.age' },
      { kind: 'remove', key: 'a.age' },
    ]);
    expect(half).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });
});
