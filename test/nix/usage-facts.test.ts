import { describe, expect, test } from 'vitest';
import type { NixFacts } from '../../src/core/usage/nix-facts.ts';
import { encodeText } from '../../src/store/nix/byte-string.ts';
import { parse } from '../../src/store/nix/parse.ts';
import { createSource } from '../../src/store/nix/source.ts';
import { factsIn } from '../../src/store/usage/facts-in.ts';

const there = new Set(['secrets/db.age', 'secrets/web/tls.age', 'hosts/atlas/own.age']);

const factsOf = (text: string, file = 'hosts/atlas/default.nix'): NixFacts =>
  factsIn(file, parse(createSource(file, encodeText(text))), (path) => there.has(path));

/** The files that the one secret of a text is declared with. */
const filesOf = (text: string, file?: string) => {
  const { declarations } = factsOf(text, file);
  expect(declarations).toHaveLength(1);
  return declarations[0]?.files;
};

const database = { kind: 'path', path: 'secrets/db.age', exists: true };

describe('age.secrets names its file', () => {
  test.each([
    ['by a path', '{ age.secrets.db.file = ../../secrets/db.age; }'],
    ['in a set', '{ age.secrets.db = { file = ../../secrets/db.age; owner = "x"; }; }'],
    ['in sets inside each other', '{ age = { secrets = { "db" = { file = ../../secrets/db.age; }; }; }; }'],
    ['by the flake', '{ self, ... }: { age.secrets.db.file = "${self}/secrets/db.age"; }'],
    [
      'by the flake among inputs',
      '{ inputs, ... }: { age.secrets.db.file = inputs.self + "/secrets/db.age"; }',
    ],
    ['by the place of the flake', '{ age.secrets.db.file = self.outPath + "/secrets/db.age"; }'],
    ['by a path and a text', '{ age.secrets.db.file = ../../secrets + "/db.age"; }'],
    ['by a path inside a text', '{ age.secrets.db.file = "${../../secrets}/db.age"; }'],
    [
      'by a local name for a directory',
      'let dir = ../../secrets; in { age.secrets.db.file = "${dir}/db.age"; }',
    ],
    ['under a condition', '{ age.secrets.db = lib.mkIf on { file = lib.mkDefault ../../secrets/db.age; }; }'],
    ['in a merge', '{ age.secrets = lib.mkMerge [ { db.file = ../../secrets/db.age; } ]; }'],
    ['in a let', '{ age.secrets = let x = 1; in { db.file = ../../secrets/db.age; }; }'],
    ['for agenix-rekey', '{ age.secrets.db.rekeyFile = ../../secrets/db.age; }'],
    ['through a function', '{ age.secrets.db = mkSecret ../../secrets/db.age; }'],
    ['in a module of a list', '{ modules = [ { config.age.secrets.db.file = ../../secrets/db.age; } ]; }'],
  ])('%s', (_, text) => {
    expect(filesOf(text)).toEqual([database]);
  });

  test('with as many files as a condition chooses from', () => {
    expect(filesOf('{ age.secrets.db.file = if a then ../../secrets/db.age else ./own.age; }')).toEqual([
      database,
      { kind: 'path', path: 'hosts/atlas/own.age', exists: true },
    ]);
  });

  test('by its end, behind what only an evaluation knows', () => {
    for (const text of [
      '{ age.secrets.db.file = "${secretsDir}/web/tls.age"; }',
      '{ age.secrets.db.file = config.secretsDir + "/web/tls.age"; }',
      '{ age.secrets.db.file = ../../secrets/${kind}/web/tls.age; }',
    ]) {
      expect(filesOf(text)).toEqual([{ kind: 'end', end: 'web/tls.age' }]);
    }
  });

  test('and what is not there is said to be missing', () => {
    expect(filesOf('{ age.secrets.db.file = ./gone.age; }')).toEqual([
      { kind: 'path', path: 'hosts/atlas/gone.age', exists: false },
    ]);
  });

  test.each([
    ['outside the root', '{ age.secrets.db.file = ../../../elsewhere/db.age; }'],
    ['absolute', '{ age.secrets.db.file = /etc/secrets/db.age; }'],
    ['in a home', '{ age.secrets.db.file = ~/db.age; }'],
    ['called by a computed name', '{ age.secrets.db.file = ../../secrets/${name}.age; }'],
    ['given by a function', '{ age.secrets.db.file = fileOf "db"; }'],
    ['bound twice', 'let d = ./a; in let d = ../../secrets; in { age.secrets.db.file = "${d}.age"; }'],
  ])('but nothing is known of a file %s', (_, text) => {
    for (const file of filesOf(text) ?? []) expect(file).toEqual({ kind: 'unknown' });
  });

  test('with owner, group, mode and path as far as they are written out', () => {
    const [one] = factsOf(
      '{\n  age.secrets.db = {\n    owner = "postgres"; group = config.g; mode = "0440"; path = "/run/x";\n  };\n}',
    ).declarations;
    expect(one).toMatchObject({ name: 'db', owner: 'postgres', group: null, mode: '0440', path: '/run/x' });
    expect(one?.at).toEqual({ file: 'hosts/atlas/default.nix', line: 2 });
  });
});

describe('names that only an evaluation knows are said to be computed, and never taken for secrets', () => {
  test.each([
    ['genAttrs', '{ age.secrets = lib.genAttrs [ "a" ] (name: { file = ./x.age; owner = "y"; }); }'],
    ['mapAttrs', "{ age.secrets = lib.mapAttrs' convert (import ./secrets.nix); }"],
    ['listToAttrs', '{ age.secrets = builtins.listToAttrs (map f names); }'],
    ['an interpolated name', '{ age.secrets."${host}-key".file = ./x.age; }'],
    ['a name from elsewhere', '{ inherit (x) y; age = { inherit (x) secrets; }; }'],
  ])('%s', (_, text) => {
    const { declarations, computed } = factsOf(text);
    expect(declarations).toEqual([]);
    expect(computed).toHaveLength(1);
  });

  test('beside those that are written out', () => {
    const { declarations, computed } = factsOf('{ age.secrets = { a.file = ./x.age; } // mapAttrs f g; }');
    expect(declarations.map(({ name }) => name)).toEqual(['a']);
    expect(computed).toHaveLength(1);
  });

  test('and where one is read so', () => {
    const { uses, computed } = factsOf('{ services.x.a = config.age.secrets.${name}.path; }');
    expect(uses).toEqual([]);
    expect(computed).toHaveLength(1);
  });
});

describe('config.age.secrets is read by', () => {
  test.each([
    ['a service', '{ services.nginx.key = config.age.secrets.db.path; }', 'service', 'nginx'],
    [
      'a unit of systemd',
      '{ systemd.services.web.serviceConfig.EnvironmentFile = config.age.secrets.db.path; }',
      'service',
      'web',
    ],
    [
      'a text of a service',
      '{ services.web.script = "cat ${config.age.secrets.db.path}"; }',
      'service',
      'web',
    ],
    [
      'a service in a merge',
      '{ config = lib.mkMerge [ { services.web.x = config.age.secrets.db.path; } ]; }',
      'service',
      'web',
    ],
    ['a service by a quoted name', '{ services.web.x = config.age.secrets."db".path; }', 'service', 'web'],
    [
      'a service in a let of its own',
      '{ services.web = let k = config.age.secrets.db.path; in { x = k; }; }',
      'service',
      'web',
    ],
    [
      'a service by a local name',
      'let k = config.age.secrets.db.path; in { services.web.x = k; }',
      'service',
      'web',
    ],
    [
      'a service by a local name for all',
      'let s = config.age.secrets; in { services.web.x = s.db.path; }',
      'service',
      'web',
    ],
    [
      'a service that inherits it',
      'let inherit (config.age.secrets) db; in { services.web.x = db.path; }',
      'service',
      'web',
    ],
    [
      'a service of another configuration',
      '{ services.web.x = osConfig.age.secrets.db.path; }',
      'service',
      'web',
    ],
    [
      'a container',
      '{ virtualisation.oci-containers.containers.app.environmentFiles = [ config.age.secrets.db.path ]; }',
      'container',
      'app',
    ],
    [
      'a user',
      '{ users.users.alice.passwordFile = config.age.secrets.db.path; }',
      'option',
      'users.users.alice',
    ],
  ])('%s', (_, text, kind, name) => {
    expect(factsOf(text).uses.map(({ name, by }) => ({ name, by }))).toEqual([
      { name: 'db', by: { kind, name } },
    ]);
  });

  test('nobody who is named, where the text does not say', () => {
    expect(factsOf('let k = config.age.secrets.db.path; in k').uses).toMatchObject([
      { name: 'db', by: null },
    ]);
  });

  test.each([
    ['a comment', '{ services.x.y = 1; /* config.age.secrets.db.path */ }'],
    ['another option', '{ services.x.y = config.sops.secrets.db.path; }'],
    ['a text that only looks so', '{ services.x.y = "config.age.secrets.db.path"; }'],
    ['a question whether it is there', '{ services.x.y = config.age.secrets ? db; }'],
  ])('not by %s', (_, text) => {
    expect(factsOf(text).uses).toEqual([]);
  });
});

describe('of hosts a file tells', () => {
  test('a literal name, and not one that is computed', () => {
    expect(factsOf('{ networking.hostName = "atlas"; }').hostNames).toMatchObject([{ name: 'atlas' }]);
    expect(factsOf('{ networking = { hostName = lib.mkDefault name; }; }').hostNames).toEqual([]);
    expect(factsOf('{ services.x.hostName = "atlas"; }').hostNames).toEqual([]);
  });

  test('configurations of a flake with the modules that they and their functions name', () => {
    const text = `{ outputs = { self, nixpkgs }: let mkHost = name: extra: nixpkgs.lib.nixosSystem {
        modules = [ ./modules ./hosts/\${name} ] ++ extra; };
      in { nixosConfigurations = { atlas = mkHost "atlas" [ ./hosts/atlas ]; "borg" = nixosSystem {
        modules = [ ./borg.nix ]; }; }; }; }`;
    expect(factsOf(text, 'flake.nix').configurations).toMatchObject([
      { name: 'atlas', modules: ['hosts/atlas', 'modules'] },
      { name: 'borg', modules: ['borg.nix'] },
    ]);
  });

  test.each([
    ['of a map over a set', '{ nixosConfigurations = mapAttrs mkHost { atlas = 1; borg = 2; }; }'],
    ['of sets put together', '{ nixosConfigurations = { atlas = 1; } // { borg = 2; }; }'],
    [
      'with a system',
      '{ flake.nixosConfigurations = withSystem "x" ({ pkgs, ... }: { atlas = 1; borg = 2; }); }',
    ],
  ])('configurations %s', (_, text) => {
    expect(factsOf(text).configurations.map(({ name }) => name)).toEqual(['atlas', 'borg']);
  });

  test('and none of names that are computed', () => {
    const text =
      '{ nixosConfigurations = genAttrs hosts (name: nixosSystem { system = "x"; modules = [ ]; }); }';
    expect(factsOf(text).configurations).toEqual([]);
  });

  test('imports, and the key that agenix-rekey is told', () => {
    const facts = factsOf(
      `{ imports = [ ./web.nix ../common (x + "/y.nix") ]; age.rekey.hostPubkey = ./host.pub; }`,
    );
    expect(facts.imports).toEqual(['hosts/atlas/web.nix', 'hosts/common']);
    expect(facts.hostKeys).toMatchObject([{ key: { kind: 'file', path: 'hosts/atlas/host.pub' } }]);
    expect(factsOf('{ age.rekey.hostPubkey = "ssh-ed25519 AAAA"; }').hostKeys).toMatchObject([
      { key: { kind: 'text', text: 'ssh-ed25519 AAAA' } },
    ]);
  });
});

describe('a hostile file', () => {
  test('keeps its odd names as they are', () => {
    const { declarations } = factsOf('{ age.secrets."é\\r\u001b[31m".file = ./x.age; }');
    expect(declarations.map(({ name }) => name)).toEqual(['é\r\u001b[31m']);
  });

  test('that nests deeply is read', () => {
    const deep = `${'('.repeat(200)}config.age.secrets.db.path${')'.repeat(200)}`;
    expect(factsOf(`{ services.web.x = ${deep}; }`).uses).toHaveLength(1);
  });

  test('is read in bounds', () => {
    const many = (make: (index: number) => string) =>
      Array.from({ length: 6_000 }, (_, at) => make(at)).join(' ');
    const facts = factsOf(`{ ${many((at) => `age.secrets.s${at}.file = ./s${at}.age;`)} x = [
      ${many((at) => `config.age.secrets.s${at}.path`)} ${many((at) => `config.age.secrets.\${s${at}}`)} ]; }`);
    for (const all of [facts.declarations, facts.uses, facts.computed, facts.mentions]) {
      expect(all).toHaveLength(5_000);
    }
  });

  test('that names locals in a circle comes to an end', () => {
    const text = 'let a = b; b = a; in { age.secrets.db.file = "${a}/x.age"; nixosConfigurations.h = a b; }';
    expect(factsOf(text).declarations[0]?.files).toEqual([{ kind: 'end', end: 'x.age' }]);
  });

  test('that doubles a text with each of many names is not written out', () => {
    const names = Array.from({ length: 40 }, (_, at) => `n${at} = "${`\${n${at + 1}}`.repeat(50)}";`);
    const text = `let ${names.join(' ')} n40 = "x"; in { age.secrets.db.file = "\${n0}/x.age"; }`;
    expect(factsOf(text).declarations[0]?.files).toEqual([{ kind: 'end', end: 'x.age' }]);
  });
});
