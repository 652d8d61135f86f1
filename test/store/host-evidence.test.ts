import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Repository } from '../../src/core/repository.ts';
import { openRepository } from '../../src/store/open-repository.ts';
import { encrypted, member, rulesFor } from '../support/agenix-repository.ts';
import { type Files, gitRepository } from '../support/git-repository.ts';

const atlas = member('atlas', '');
const nina = member('nina', '');
const value = await encrypted('x', [atlas, nina]);

async function open(files: Files, prepare: (root: string) => void = () => undefined): Promise<Repository> {
  const root = gitRepository(files);
  prepare(root);
  const opened = await openRepository({ path: root, rulesFiles: [], env: process.env });
  if (!opened.ok) throw new Error(opened.error.says);
  return opened.value;
}

const ruled = {
  'secrets.nix': rulesFor([atlas, nina], { 'x.age': [atlas, nina] }),
  'x.age': value,
};

const kinds = ({ readers }: Repository) =>
  Object.fromEntries(readers.map(({ name, kind, kindFrom }) => [name, [kind, kindFrom ?? null]]));

describe('a reader is a host', () => {
  test('when the flake has a configuration of its name, and it is said where', async () => {
    const flake = '{ outputs = { self }: {\n  nixosConfigurations.atlas = x; }; }';
    expect(kinds(await open({ ...ruled, 'flake.nix': flake }))).toEqual({
      atlas: ['host', { source: 'configuration', at: { file: 'flake.nix', line: 2 } }],
      nina: ['unknown', null],
    });
  });

  test.each(['hosts/atlas/default.nix', 'atlas/configuration.nix', 'machines/atlas.nix', 'atlas.nix'])(
    'when %s sets its name',
    async (file) => {
      const files = { ...ruled, [file]: '{ networking.hostName = "atlas"; }' };
      expect(kinds(await open(files))).toMatchObject({
        atlas: ['host', { source: 'host-name', at: { file, line: 1 } }],
      });
    },
  );

  test.each([
    ['the name is another one', { 'hosts/atlas/default.nix': '{ networking.hostName = "borg"; }' }],
    ['the name is computed', { 'hosts/atlas/default.nix': '{ networking.hostName = name; }' }],
    ['the file is no Nix', { 'hosts/atlas/default.nix': '{ networking.hostName = "atlas"; ' }],
    ['configurations are computed', { 'flake.nix': '{ nixosConfigurations = f [ "atlas" ]; }' }],
    ['it is another output', { 'flake.nix': '{ homeConfigurations.atlas = nixosConfigurations; }' }],
    ['there is nothing', {}],
  ])('but not when %s', async (_, files) => {
    expect(kinds(await open({ ...ruled, ...files }))).toEqual({
      atlas: ['unknown', null],
      nina: ['unknown', null],
    });
  });

  test('and what the rules say counts more', async () => {
    const grouped = `let users = { atlas = "${atlas.publicLine}"; }; in { "x.age".publicKeys = [ users.atlas ]; }`;
    const files = { ...ruled, 'secrets.nix': grouped, 'flake.nix': '{ nixosConfigurations.atlas = x; }' };
    expect(kinds(await open(files))).toEqual({ atlas: ['person', null] });
  });

  test('not by a file outside the repository', async () => {
    const elsewhere = gitRepository({ 'flake.nix': '{ nixosConfigurations.atlas = x; }' });
    const repository = await open(ruled, (root) =>
      symlinkSync(join(elsewhere, 'flake.nix'), join(root, 'flake.nix')),
    );
    expect(kinds(repository)).toMatchObject({ atlas: ['unknown', null] });
  });
});

describe('agenix-rekey tells the keys of hosts', () => {
  const rekeyed = `secrets/rekeyed/atlas/${'0123456789abcdef'.repeat(2)}-db.age`;

  test.each([
    ['written out', { 'hosts/atlas/default.nix': `{ age.rekey.hostPubkey = "${atlas.publicLine}"; }` }],
    [
      'in a file',
      {
        'hosts/atlas/default.nix': '{ age.rekey = { hostPubkey = ./host.pub; }; }',
        'hosts/atlas/host.pub': `${atlas.publicLine}\n`,
      },
    ],
  ])('%s', async (_, files) => {
    const repository = await open({ [rekeyed]: await encrypted('x', [atlas]), ...files });
    expect(repository.readers).toEqual([
      {
        name: 'atlas',
        kind: 'host',
        recipients: [atlas.id],
        kindFrom: { source: 'host-key', at: { file: 'hosts/atlas/default.nix', line: 1 } },
      },
    ]);
    expect(repository.secrets[0]?.comparison?.extra).toMatchObject([{ recipient: atlas.id }]);
    const [recipient] = repository.recipients.values();
    expect(recipient?.names).toMatchObject([{ text: 'atlas', source: 'host-key' }]);
  });

  test.each([
    ['is computed', '{ age.rekey.hostPubkey = keyOf "atlas"; }'],
    [
      'stands in for none',
      '{ age.rekey.hostPubkey = "age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq"; }',
    ],
    ['is none', '{ age.rekey.hostPubkey = "not a key"; }'],
    ['lies outside', '{ age.rekey.hostPubkey = ../../../host.pub; }'],
    ['is not there', '{ age.rekey.hostPubkey = ./gone.pub; }'],
  ])('but not one that %s', async (_, text) => {
    const files = { [rekeyed]: await encrypted('x', [atlas]), 'hosts/atlas/default.nix': text };
    expect((await open(files)).readers).toEqual([]);
  });
});
