import { describe, expect, it } from 'vitest';
import { generateSshEd25519 } from '../../../src/crypto/generate/ssh-key.ts';
import { editRules } from '../../../src/store/nix/edit/edit-rules.ts';
import type { RecipientOffer, RulesChange } from '../../../src/store/nix/edit/rules-change.ts';
import { must } from '../../crypto/support.ts';
import { alice, bob, inputOf } from './rules-bench.ts';

const me: RecipientOffer = { text: `"${alice}"`, kind: 'key', keys: [alice], uses: 0 };
const add: RulesChange = { kind: 'add', key: 'new.age', recipients: [me] };
const rename: RulesChange = { kind: 'rename', key: 'a.age', to: 'b.age' };
const remove: RulesChange = { kind: 'remove', key: 'a.age' };

const refused = (rules: string, change: RulesChange) => {
  const edit = editRules(inputOf(rules), change);
  if (edit.ok) throw new Error('not refused');
  const { error, byHand } = edit;
  return {
    says: `${error.code}: ${error.says}`,
    byHand: byHand.map(({ at, remove: old, put }) => `${at.file}:${at.line}:${at.column} -${old} +${put}`),
  };
};

const generated = `let
  names = [ "a.age" "c.age" ];
in
builtins.listToAttrs (map (name: { inherit name; value.publicKeys = [ "${bob}" ]; }) names)
`;
const mapped = `builtins.mapAttrs (name: value: { publicKeys = value ++ [ "${alice}" ]; }) {
  "a.age" = [ "${bob}" ];
}
`;
const shared = `let x = { publicKeys = [ "${bob}" ]; }; in {\n  "a.age" = x;\n  "c.age" = x;\n}\n`;
const computed = `let s = x: "\${x}.age"; in {\n  \${s "a"}.publicKeys = [ "${bob}" ];\n}\n`;

describe('refused, with the lines to edit by hand', () => {
  it.each([
    [
      'a rename in generated rules',
      generated,
      rename,
      'a.age is made by a function, not written as an entry',
      ['secrets.nix:2:13 -"a.age" +"b.age"'],
    ],
    [
      'a removal from generated rules',
      generated,
      remove,
      'a.age is made by a function, not written as an entry',
      ['secrets.nix:2:13 -"a.age" +'],
    ],
    [
      'an addition to generated rules',
      generated,
      add,
      'the rules are made by a function',
      [`secrets.nix:4:1 - +"new.age".publicKeys = [ "${alice}" ];`],
    ],
    [
      'an addition where a function would add to it',
      mapped,
      add,
      'an entry added here would become another',
      [`secrets.nix:3:1 - +"new.age".publicKeys = [ "${alice}" ];`],
    ],
    [
      'a new name for a computed one',
      computed,
      rename,
      'the name of a.age is computed',
      ['secrets.nix:2:3 -${s "a"} +"b.age"'],
    ],
    [
      'a reader for one of several that share a rule',
      shared,
      { kind: 'grant', key: 'a.age', recipient: me },
      'no edit of a.age leaves everything else as it is',
      [`secrets.nix:2:13 -x +x // { publicKeys = x.publicKeys ++ [ "${alice}" ]; }`],
    ],
  ] as const)('%s', (_, rules, change, says, byHand) => {
    expect(refused(rules, change)).toEqual({ says: `unsupported: ${says}`, byHand });
  });

  it('an edit that another entry would notice', () => {
    const rules = `let all = {\n  "a.age".publicKeys = [ "${bob}" ];\n  "c.age" = all."a.age";\n}; in all\n`;
    expect(refused(rules, remove).says).toBe('unsupported: no edit of a.age leaves everything else as it is');
  });

  it.each([
    ['reader', 'x.age".publicKeys = [ (toString (builtins.length (builtins.attrNames all))) ]'],
    [
      'attribute of another entry',
      'x.age" = { publicKeys = [ "age1x" ]; n = builtins.length (builtins.attrNames all); }',
    ],
    ['attribute that is no rule', 'count" = builtins.length (builtins.attrNames all)'],
  ])('an edit that would change a %s', (_, binding) => {
    const counted = `let all = {\n  "a.age".publicKeys = [ "${bob}" ];\n  "${binding};\n}; in all\n`;
    expect(refused(counted, add).says).toBe('unsupported: an entry added here would become another');
    expect(refused(counted, remove).says).toBe(
      'unsupported: no edit of a.age leaves everything else as it is',
    );
    const edit = editRules(inputOf(counted), rename);
    expect(edit.ok).toBe(true);
  });

  it('a new name that would change what the entry says itself', () => {
    const rules = `let all = { "a.age" = { publicKeys = [ "${bob}" ]; owner = builtins.head (builtins.attrNames all); }; }; in all`;
    expect(refused(rules, rename).says).toBe('unsupported: no edit of a.age leaves everything else as it is');
  });
});

describe('refused at once', () => {
  const rules = `{\n  "a.age".publicKeys = [ "${bob}" ];\n  "c.age".publicKeys = [ "${bob}" ];\n  "x.age".publicKeys = [ ];\n}\n`;
  it.each([
    ['a name that is taken', { ...add, key: 'a.age' }, 'usage: there is a rule for a.age already'],
    ['a name that a broken rule has', { ...add, key: 'x.age' }, 'usage: there is a rule for x.age already'],
    ['a rename onto another', { ...rename, to: 'c.age' }, 'usage: there is a rule for c.age already'],
    [
      'a rename of a rule that is broken',
      { ...rename, key: 'x.age' },
      'not-found: the rule for x.age is broken',
    ],
    ['a name that no file can have', { ...add, key: 'a\0b' }, 'usage: this cannot be the name of a file'],
    ['an entry for nobody', { ...add, recipients: [] }, 'usage: nobody could read new.age'],
    ['the same key twice', { ...add, recipients: [me, me] }, `usage: the same key comes twice: "${alice}"`],
    ['what is not there', { ...remove, key: 'z.age' }, 'not-found: no rule for z.age'],
  ] as const)('%s', (_, change, says) => {
    expect(refused(rules, change)).toEqual({ says, byHand: [] });
  });

  it('the same key under another comment', () => {
    const line = must(generateSshEd25519('one')).publicLine ?? '';
    const again = line.replace(/one$/, 'two');
    const offers = [line, again].map(
      (key): RecipientOffer => ({ text: `"${key}"`, kind: 'key', keys: [key], uses: 0 }),
    );
    expect(refused(rules, { ...add, recipients: offers }).says).toMatch(/^usage: the same key comes twice/);
  });

  it('recipients that are not what they are said to be', () => {
    const wrong: RecipientOffer = { text: `"${alice}"`, kind: 'key', keys: [bob], uses: 0 };
    expect(refused(rules, { ...add, recipients: [wrong] }).says).toMatch(/^unsupported: /);
    const code: RecipientOffer = {
      text: `"${alice}" ]; "evil.age".publicKeys = [ "${bob}"`,
      kind: 'key',
      keys: [alice],
      uses: 0,
    };
    expect(refused(rules, { ...add, recipients: [code] }).says).toMatch(/^unsupported: /);
  });

  it('rules that cannot be read', () => {
    expect(refused('{ "a.age" = ', add).says).toMatch(/^bad-rules: not valid Nix/);
    expect(refused('{ a = 1; }', add).says).toBe('unsupported: none of its attributes has publicKeys');
  });
});
