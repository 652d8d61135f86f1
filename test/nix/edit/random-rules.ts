import fc from 'fast-check';
import { alice, bob, web1, web2 } from './rules-bench.ts';

/** The people and hosts of every random file, as it names them. */
export const people: Readonly<Record<string, readonly string[]>> = {
  alice: [alice],
  bob: [bob],
  'hosts.web1': [web1],
  'hosts.web2': [web2],
  users: [alice, bob],
};
const singles = ['alice', 'bob', 'hosts.web1', 'hosts.web2'];

export interface RandomEntry {
  readonly key: string;
  /** Names of `people` that are keys. */
  readonly readers: readonly string[];
  readonly style: 'dotted' | 'set' | 'tall' | 'split';
  readonly comment: 'none' | 'above' | 'behind' | 'block';
  readonly blank: boolean;
}

export interface RandomRules {
  readonly entries: readonly RandomEntry[];
  readonly text: string;
}

const key = fc.oneof(
  fc.constantFrom('a.age', 'b.age', 'web/tls.age', 'web/api.age', 'db/root.age', 'z'),
  fc.string({ unit: fc.constantFrom(...'ab/.-"\\${}\' #é😀;='), minLength: 1, maxLength: 8 }),
);

const entry: fc.Arbitrary<RandomEntry> = fc.record({
  key,
  readers: fc.uniqueArray(fc.constantFrom(...singles), { minLength: 1 }),
  style: fc.constantFrom('dotted', 'set', 'tall', 'split'),
  comment: fc.constantFrom('none', 'none', 'above', 'behind', 'block'),
  blank: fc.boolean(),
});

const quote = (text: string): string => `"${text.replace(/["\\]/g, '\\$&').replaceAll('${', '\\${')}"`;

function written(
  { key: name, readers, style, comment, blank }: RandomEntry,
  indent: string,
  index: number,
): string {
  const list = `[ ${readers.join(' ')} ]`;
  const quoted = quote(name);
  const note = `# note ${index}`;
  const body = {
    dotted: `${quoted}.publicKeys = ${list};`,
    set: `${quoted} = { publicKeys = ${list}; };`,
    tall: `${quoted} = {\n${indent}${indent}publicKeys = ${list};\n${indent}};`,
    split: `${quoted}.publicKeys = ${list};\n${indent}${quoted}.armor = false;`,
  }[style];
  const above =
    comment === 'above'
      ? `${indent}${note}\n`
      : comment === 'block'
        ? `${indent}/* ${note}\n   more */\n`
        : '';
  return `${blank ? '\n' : ''}${above}${indent}${body}${comment === 'behind' ? ` ${note}` : ''}\n`;
}

const wrappers: Readonly<Record<string, (body: string) => string>> = {
  let: (body) => body,
  with: (body) => `with { }; ${body}`,
  rec: (body) => `rec ${body}`,
  parentheses: (body) => `(${body})`,
  merge: (body) => `{ "other/x".publicKeys = users; } // ${body}`,
  assert: (body) => `assert true;\n${body}`,
  mergedAfter: (body) => `${body} // { "other/x".publicKeys = users; }`,
};

const other: RandomEntry = {
  key: 'other/x',
  readers: ['alice', 'bob'],
  style: 'dotted',
  comment: 'none',
  blank: false,
};

export const randomRules: fc.Arbitrary<RandomRules> = fc
  .record({
    entries: fc.uniqueArray(entry, { selector: (one) => one.key, maxLength: 6 }),
    sorted: fc.boolean(),
    indent: fc.constantFrom('  ', '\t', '    '),
    wrapper: fc.constantFrom(...Object.keys(wrappers)),
    crlf: fc.boolean(),
    final: fc.boolean(),
  })
  .map(({ entries, sorted, indent, wrapper, crlf, final }) => {
    const order = sorted ? entries.toSorted((one, two) => (one.key < two.key ? -1 : 1)) : entries;
    const body = `{\n${order.map((one, index) => written(one, indent, index)).join('')}}`;
    const names = `let
  # the people
  alice = "${alice}"; bob = "${bob}";
  hosts = { web1 = "${web1}"; web2 = "${web2}"; };
  users = [ alice bob ];
in
`;
    const text = `${names}${(wrappers[wrapper] ?? ((same: string) => same))(body)}${final ? '\n' : ''}`;
    const merged = wrapper.startsWith('merge');
    return {
      entries: merged ? [...order, other] : order,
      text: crlf ? text.replaceAll('\n', '\r\n') : text,
    };
  });

export const freshKey = key;

/** What real Nix must make of the entries: key, readers, armor. */
export const modelOf = (entries: readonly RandomEntry[]): unknown =>
  Object.fromEntries(
    entries
      .map(
        ({ key: name, readers, style }) =>
          [
            name,
            {
              publicKeys: readers.flatMap((reader) => people[reader] ?? []),
              ...(style === 'split' ? { armor: false } : {}),
            },
          ] as const,
      )
      .toSorted(([one], [two]) => Buffer.compare(Buffer.from(one), Buffer.from(two))),
  );
