import { describe, expect, test } from 'vitest';
import type { SecretId } from '../../src/core/secret.ts';
import { hostByDirectory } from '../../src/core/usage/host-directory.ts';
import { hostOfReader, usedOnHost } from '../../src/core/usage/host-usage.ts';
import { sayUse, whyIncomplete } from '../../src/core/usage/say-usage.ts';
import type { WhereUsed } from '../../src/core/usage/where-used.ts';
import { usesOf } from '../support/uses-of.ts';

const ids = [
  'secrets/db.age',
  'secrets/web/tls.age',
  'secrets/mail/tls.age',
  'secrets/idle.age',
] as SecretId[];
const [db, webTls, mailTls, idle] = ids as [SecretId, SecretId, SecretId, SecretId];

const uses = (texts: Readonly<Record<string, string>>): WhereUsed => usesOf(ids, texts);

const users = (found: WhereUsed, id: SecretId) =>
  found.of(id).used.map(({ by, at, hosts }) => [by?.name, at.file, hosts.map(({ name }) => name)]);

describe('a secret is used', () => {
  test('by a service of the host whose directory the file lies in', () => {
    const found = uses({
      'hosts/atlas/db.nix':
        '{ age.secrets.db.file = ../../secrets/db.age; services.postgresql.x = config.age.secrets.db.path; }',
    });
    expect(users(found, db)).toEqual([['postgresql', 'hosts/atlas/db.nix', ['atlas']]]);
    expect(found.of(db).used.map(sayUse)).toEqual(['postgresql on atlas']);
    expect(found.of(idle)).toEqual({ declared: [], used: [], named: [] });
  });

  test('where one file declares it and another reads it', () => {
    const found = uses({
      'modules/secrets.nix': '{ age.secrets.db.file = ../secrets/db.age; }',
      'modules/web.nix': '{ services.web.x = config.age.secrets.db.path; }',
    });
    expect(users(found, db)).toEqual([['web', 'modules/web.nix', []]]);
    expect(found.of(db).declared).toMatchObject([{ name: 'db', by: 'path', hosts: [] }]);
  });

  test('under a name that hosts give to different files, by each what its own means', () => {
    const host = (directory: string) => `{
      age.secrets.tls.file = ../../secrets/${directory}/tls.age;
      services.nginx.key = config.age.secrets.tls.path;
    }`;
    const found = uses({ 'hosts/atlas/default.nix': host('web'), 'hosts/borg/default.nix': host('mail') });
    expect(users(found, webTls)).toEqual([['nginx', 'hosts/atlas/default.nix', ['atlas']]]);
    expect(users(found, mailTls)).toEqual([['nginx', 'hosts/borg/default.nix', ['borg']]]);
  });

  test('also in a file of the same host', () => {
    const found = uses({
      'hosts/atlas/secrets.nix': '{ age.secrets.tls.file = ../../secrets/web/tls.age; }',
      'hosts/borg/secrets.nix': '{ age.secrets.tls.file = ../../secrets/mail/tls.age; }',
      'hosts/borg/mail.nix': '{ services.postfix.key = config.age.secrets.tls.path; }',
    });
    expect(users(found, webTls)).toEqual([]);
    expect(users(found, mailTls)).toEqual([['postfix', 'hosts/borg/mail.nix', ['borg']]]);
  });

  test('by a name that only one file has, when nothing else is said; and then that is what is known', () => {
    const found = uses({
      'a.nix': '{ services.x.y = config.age.secrets.idle.path; age.secrets.db.owner = "x"; }',
    });
    expect(users(found, idle)).toEqual([['x', 'a.nix', []]]);
    expect(found.of(db).declared).toMatchObject([{ by: 'name', owner: 'x' }]);
  });

  test('but not by a name that two files have', () => {
    const found = uses({ 'a.nix': '{ services.x.y = config.age.secrets.tls.path; }' });
    expect(ids.flatMap((id) => found.of(id).used)).toEqual([]);
  });

  test('not through a declaration whose file is another one, or is gone', () => {
    const found = uses({
      'a.nix': '{ age.secrets.idle.file = ./idle.age; services.x.y = config.age.secrets.idle.path; }',
    });
    expect(found.of(idle)).toEqual({ declared: [], used: [], named: [] });
  });

  test('and where its file is only named is told apart', () => {
    const found = uses({ 'a.nix': '{ x = mkThing ./secrets/idle.age; }' });
    expect(found.of(idle).named).toMatchObject([{ at: { file: 'a.nix', line: 1 } }]);
    expect([found.of(idle).declared, found.of(idle).used]).toEqual([[], []]);
  });

  test('with computed names, more may be used than was found', () => {
    const found = uses({ 'a.nix': '\n{ age.secrets = genAttrs f names; }' });
    expect(whyIncomplete(found)).toContain('computed names in 1 place, first in a.nix:2');
    expect(whyIncomplete(uses({ 'a.nix': '{ }' }))).toBeNull();
  });
});

describe('a file is for the host', () => {
  const use = '{ services.x.y = config.age.secrets.db.path; }';
  const hostsOf = (texts: Readonly<Record<string, string>>) =>
    uses(texts)
      .of(db)
      .used.flatMap(({ hosts }) => hosts.map(({ name, how }) => `${name} (${how})`));

  test.each([
    ['hosts/atlas/x.nix', 'atlas'],
    ['nix/machines/atlas/services/x.nix', 'atlas'],
    ['hosts/atlas.nix', 'atlas'],
    ['systems/x86_64-linux/atlas/default.nix', 'atlas'],
    ['hosts/nixos/atlas/x.nix', 'atlas'],
    ['hosts/common/x.nix', null],
    ['hosts/default.nix', null],
    ['modules/nginx.nix', null],
    ['users/hosts.nix', null],
  ])('by its directory: %s', (file, host) => {
    expect(hostByDirectory(file)).toBe(host);
  });

  test('that a flake gives it to, and all that it imports', () => {
    expect(
      hostsOf({
        'flake.nix': '{ nixosConfigurations.atlas = nixosSystem { modules = [ ./machine ]; }; }',
        'machine/default.nix': '{ imports = [ ./web.nix ]; }',
        'machine/web.nix': '{ imports = [ ../shared/x.nix ../machine ]; }',
        'shared/x.nix': use,
      }),
    ).toEqual(['atlas (import)']);
  });

  test('whose name it sets', () => {
    expect(hostsOf({ 'box/x.nix': `{ networking.hostName = "atlas"; } // ${use}` })).toEqual([
      'atlas (host-name)',
    ]);
  });

  test('of all that import it', () => {
    expect(
      hostsOf({
        'hosts/atlas/default.nix': '{ imports = [ ../../m.nix ]; }',
        'hosts/borg/default.nix': '{ imports = [ ../../m.nix ]; }',
        'm.nix': use,
      }),
    ).toEqual(['atlas (import)', 'borg (import)']);
  });

  test('of no host, where nothing tells', () => {
    expect(
      hostsOf({ 'm.nix': use, 'n.nix': '{ imports = [ (f ./m.nix) ]; networking.hostName = name; }' }),
    ).toEqual([]);
  });

  test('which goes by the name of its directory, of its configuration and its own', () => {
    const found = uses({
      'flake.nix': '{ nixosConfigurations.atlas = nixosSystem { modules = [ ./hosts/box ]; }; }',
      'hosts/box/default.nix': `{ networking.hostName = "a1"; } // ${use}`,
    });
    expect(found.hosts.hosts.map(({ name, aliases }) => [name, aliases])).toEqual([['atlas', ['box', 'a1']]]);
    for (const name of ['atlas', 'box', 'a1', 'ATLAS', 'root@atlas', 'host_box']) {
      expect(hostOfReader(found, name)?.name, name).toBe('atlas');
    }
    expect(hostOfReader(found, 'alice')).toBeUndefined();
  });
});

test('a host uses, may use, or does not seem to use a secret', () => {
  const found = uses({
    'hosts/atlas/x.nix': '{ services.x.y = config.age.secrets.db.path; }',
    'modules/y.nix': '{ services.y.z = config.age.secrets.idle.path; }',
    'hosts/borg/z.nix': '{ age.secrets.w.file = ../../secrets/web/tls.age; }',
  });
  const on = (host: string) => ids.map((id) => usedOnHost(found, found.hosts.find(host) ?? never(), id));
  expect(on('atlas')).toEqual(['used', 'not-found', 'not-found', 'perhaps']);
  expect(on('borg')).toEqual(['not-found', 'used', 'not-found', 'perhaps']);
});

function never(): never {
  throw new Error('no such host');
}

test('thousands of declarations and uses of one name are linked in bounds', () => {
  const many = Array.from({ length: 4_000 }, (_, at) => `x${at}.age.secrets.db.file = ./secrets/db.age;`);
  const reads = Array.from({ length: 4_000 }, (_, at) => `services.s${at}.x = config.age.secrets.db.path;`);
  const found = uses({ 'a.nix': `{ ${many.join('\n')} ${reads.join('\n')} }` });
  expect(found.of(db).declared).toHaveLength(200);
  expect(found.of(db).used).toHaveLength(200);
});
