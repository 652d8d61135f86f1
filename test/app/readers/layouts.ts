import type { Member } from '../../support/agenix-repository.ts';

/** Entries as they are written: by names of people, of the group `team` and of the group `machines`. */
export interface WrittenEntry {
  readonly key: string;
  readonly readers: readonly string[];
}

export type Files = Readonly<Record<string, string>>;

export interface Layout {
  readonly name: string;
  /** Rules files, the entries divided among them in turn. */
  readonly rules: readonly string[];
  /** Directory that the keys of all entries are relative to. */
  readonly write: (members: readonly Member[], entries: readonly WrittenEntry[]) => Files;
}

const groups = { team: ['alice', 'bob'], machines: ['web1', 'web2'] } as const;

export const membersOf = (reader: string): readonly string[] =>
  reader === 'team' || reader === 'machines' ? groups[reader] : [reader];

/** `team ++ [ carol ]`, or in one list where there is no group. */
function expression(readers: readonly string[], nameOf: (reader: string) => string = (name) => name): string {
  const isGroup = (reader: string): boolean => reader in groups;
  const single = readers.filter((reader) => !isGroup(reader)).map(nameOf);
  return [
    ...readers.filter(isGroup).map(nameOf),
    ...(single.length > 0 || readers.length === 0 ? [`[ ${single.join(' ')} ]`] : []),
  ].join(' ++ ');
}

const bindings = (members: readonly Member[], indent = '  '): string =>
  members.map(({ name, publicLine }) => `${indent}${name} = "${publicLine}"; # key of ${name}\n`).join('');

const groupText = `  # who works here
  team = [ alice bob ];
  machines = [
    # in the first rack
    web1
    web2 # in the second
  ];
`;

const dotted = (entries: readonly WrittenEntry[], nameOf?: (reader: string) => string): string =>
  entries
    .map(
      ({ key, readers }, index) =>
        `  "${key}".publicKeys = ${expression(readers, nameOf)}; # entry ${index}\n`,
    )
    .join('');

/** The layouts that real repositories have, as far as entries or groups in them can be written in one place. */
export const layouts: readonly Layout[] = [
  {
    name: 'one file',
    rules: ['secrets.nix'],
    write: (members, entries) => ({
      'secrets.nix': `# rules\nlet\n${bindings(members)}${groupText}in\n{\n${dotted(entries)}}\n`,
    }),
  },
  {
    name: 'one file with the line ends of Windows',
    rules: ['secrets.nix'],
    write: (members, entries) => ({
      'secrets.nix': `let\n${bindings(members)}${groupText}in\n{\n${dotted(entries)}}\n`.replaceAll(
        '\n',
        '\r\n',
      ),
    }),
  },
  {
    name: 'keys in an imported file, with `with`',
    rules: ['secrets/secrets.nix'],
    write: (members, entries) => ({
      'keys.nix': `rec {\n${bindings(members)}${groupText}}\n`,
      'secrets/secrets.nix': `with import ../keys.nix;\n{\n${dotted(entries)}}\n`,
    }),
  },
  {
    name: 'keys in an imported file, with inherit',
    rules: ['secrets.nix'],
    write: (members, entries) => ({
      'keys.nix': `rec {\n${bindings(members)}${groupText}}\n`,
      'secrets.nix': `let\n  inherit (import ./keys.nix) ${members.map(({ name }) => name).join(' ')} team machines;\nin {\n${dotted(entries)}}\n`,
    }),
  },
  {
    name: 'sets of keys, and groups of all values',
    rules: ['secrets.nix'],
    write(members, entries) {
      const isHost = (name: string): boolean => name.startsWith('web');
      const set = (hosts: boolean): string =>
        bindings(
          members.filter(({ name }) => isHost(name) === hosts),
          '    ',
        );
      const nameOf = (name: string): string =>
        name in groups ? name : `${isHost(name) ? 'hosts' : 'users'}.${name}`;
      return {
        'secrets.nix': `let\n  users = {\n${set(false)}  };\n  hosts = {\n${set(true)}  };\n  team = [ users.alice users.bob ];\n  machines = builtins.attrValues hosts;\nin {\n${dotted(entries, nameOf)}}\n`,
      };
    },
  },
  {
    name: 'public keys in files of their own',
    rules: ['secrets.nix'],
    write: (members, entries) => ({
      ...Object.fromEntries(members.map(({ name, publicLine }) => [`keys/${name}.pub`, `${publicLine}\n`])),
      'secrets.nix': `let\n${members.map(({ name }) => `  ${name} = builtins.readFile ./keys/${name}.pub;\n`).join('')}${groupText}in {\n${dotted(entries)}}\n`,
    }),
  },
  {
    name: 'entries as sets, over several lines, with comments',
    rules: ['secrets.nix'],
    write: (members, entries) => ({
      'secrets.nix': `let\n${bindings(members)}${groupText}in {\n${entries
        .map(
          ({ key, readers }, index) =>
            `  # about ${index}\n  "${key}" = {\n    publicKeys = [\n${readers
              .flatMap(membersOf)
              .map((name) => `      ${name} # ${name} in ${index}\n`)
              .join('')}    ];\n    armor = ${index % 2 === 0};\n  };\n\n`,
        )
        .join('')}}\n`,
    }),
  },
  {
    name: 'keys written out in the entries',
    rules: ['secrets.nix'],
    write(members, entries) {
      const lines = new Map(members.map(({ name, publicLine }) => [name, `"${publicLine}"`]));
      return {
        'secrets.nix': `{\n${entries
          .map(
            ({ key, readers }) =>
              `  "${key}".publicKeys = [\n${readers
                .flatMap(membersOf)
                .map((name) => `    ${lines.get(name)}\n`)
                .join('')}  ];\n`,
          )
          .join('')}}\n`,
      };
    },
  },
  {
    name: 'entries that a function makes',
    rules: ['secrets.nix'],
    write: (members, entries) => ({
      'secrets.nix': `let\n${bindings(members)}${groupText}  make = readers: names: builtins.listToAttrs (map (name: { inherit name; value = { publicKeys = readers; }; }) names);\nin\n${entries.map(({ key, readers }) => `(make (${expression(readers)}) [ "${key}" ])`).join('\n// ')}\n`,
    }),
  },
  {
    name: 'keys sorted out by a pattern',
    rules: ['secrets.nix'],
    write: (members, entries) => ({
      'secrets.nix': `let\n${bindings(members)}${groupText}  usable = builtins.filter (key: builtins.match "sk-.*" key == null);\nin {\n${entries.map(({ key, readers }) => `  "${key}".publicKeys = usable (${expression(readers)});\n`).join('')}}\n`,
    }),
  },
  {
    name: 'two rules files with the same keys',
    rules: ['one/secrets.nix', 'two/secrets.nix'],
    write(members, entries) {
      const own = (half: number): string => dotted(entries.filter((_, index) => index % 2 === half));
      return {
        'keys.nix': `rec {\n${bindings(members)}${groupText}}\n`,
        'one/secrets.nix': `let keys = import ../keys.nix; in with keys; {\n${own(0)}}\n`,
        'two/secrets.nix': `let keys = import ../keys.nix; in with keys; {\n${own(1)}}\n`,
      };
    },
  },
];
