import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { encrypted, member, rulesFor } from '../support/agenix-repository.ts';
import { gitRepository } from '../support/git-repository.ts';
import { type Ran, runKeyhole } from './support/run-keyhole.ts';

const alice = member('alice');
const atlas = member('atlas', 'root@atlas');
const borg = member('borg', 'root@borg');

const web = `{ config, ... }:
{
  age.secrets.tls = {
    file = ../../secrets/tls.age;
    owner = "nginx";
    mode = "0440";
  };
  services.nginx.sslKey = config.age.secrets.tls.path;
}
`;

async function repository(files: Readonly<Record<string, string>>) {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyhole-used-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const all = [alice, atlas, borg];
  gitRepository(
    {
      'secrets.nix': rulesFor(all, { 'secrets/tls.age': all, 'secrets/db.age': [alice, atlas] }),
      'secrets/tls.age': await encrypted('a value', all),
      'secrets/db.age': await encrypted('a value', [alice, atlas]),
      ...files,
    },
    root,
  );
  const keyhole = (...words: readonly string[]): Ran => runKeyhole(words, { home: root, cwd: root });
  return { root, keyhole };
}

test('who --used tells service, host and place, and that it is a guess', async () => {
  const { keyhole } = await repository({ 'hosts/atlas/web.nix': web });
  const { status, text, stderr } = keyhole('who', '--used', 'secrets/tls.age');
  expect(status).toBe(0);
  expect(text).toBe(
    'used\tnginx\tatlas\thosts/atlas/web.nix:8\n' +
      'declared\ttls\tatlas\thosts/atlas/web.nix:3\towner nginx, mode 0440\n',
  );
  expect(stderr).toContain('static guess');
  expect(stderr).not.toContain('there may be more');
});

test('as JSON beside the readers, and only when it is asked for', async () => {
  const { keyhole } = await repository({ 'hosts/atlas/web.nix': web });
  const used = JSON.parse(keyhole('who', '--used', '--json', 'secrets/tls.age').text);
  expect(used.readers).toHaveLength(3);
  expect(used.usage).toEqual({
    declared: [
      {
        name: 'tls',
        file: 'hosts/atlas/web.nix',
        line: 3,
        linkedBy: 'path',
        owner: 'nginx',
        group: null,
        mode: '0440',
        path: null,
        hosts: [{ name: 'atlas', how: 'directory' }],
      },
    ],
    used: [
      {
        by: { kind: 'service', name: 'nginx' },
        file: 'hosts/atlas/web.nix',
        line: 8,
        hosts: [{ name: 'atlas', how: 'directory' }],
      },
    ],
    named: [],
    computed: [],
    isComplete: true,
  });
  expect(JSON.parse(keyhole('who', '--json', 'secrets/tls.age').text).usage).toBeNull();
});

test('a secret that nothing uses is said so', async () => {
  const { keyhole } = await repository({ 'hosts/atlas/web.nix': web });
  const { text, stderr } = keyhole('who', '--used', 'secrets/db.age');
  expect(text).toBe('');
  expect(stderr).toContain('secrets/db.age: no use found in the text of the Nix files');
});

test('what --unused lists what a host can read and does not seem to use', async () => {
  const { keyhole } = await repository({
    'hosts/atlas/web.nix': web,
    'hosts/borg/default.nix': '{ networking.hostName = "borg"; }',
  });
  const { text, stderr } = keyhole('what', '--unused', 'atlas');
  expect(text).toBe('secrets/db.age\tok\tdeclared:yes\tin-file:yes\n');
  expect(stderr).toContain('static guess');
  const told = JSON.parse(keyhole('what', '--unused', '--json', 'borg').text);
  expect(told.secrets.map(({ id }: { id: string }) => id)).toEqual(['secrets/tls.age']);
  expect(told.unused).toEqual({
    host: { name: 'borg', how: 'directory', file: 'hosts/borg/default.nix', line: 1 },
    perhaps: 0,
    doubt: null,
  });
});

test('what files use of which nobody knows whose they are is left out and counted', async () => {
  const { keyhole } = await repository({
    'hosts/atlas/default.nix': '{ }',
    'modules/web.nix': web.replace('../../', '../'),
  });
  const { text, stderr } = keyhole('what', '--unused', 'atlas');
  expect(text).toContain('secrets/db.age');
  expect(text).not.toContain('secrets/tls.age');
  expect(stderr).toContain('left out: 1 secret used in files that belong to no host that is known');
});

test('of somebody who is no host of the Nix files nothing is claimed', async () => {
  const { keyhole } = await repository({ 'hosts/atlas/web.nix': web });
  const { status, text, stderr } = keyhole('what', '--unused', 'alice');
  expect([status, text]).toEqual([10, '']);
  expect(stderr).toContain('no Nix file seems to be for a host called alice');
});

test('a hostile repository is read in bounds, and said to be read in part', async () => {
  const { root, keyhole } = await repository({
    'hosts/atlas/web.nix': web,
    'hosts/atlas/deep.nix': `${'['.repeat(100_000)}config.age.secrets.db.path`,
    'hosts/atlas/huge.nix': `{ services.huge.x = config.age.secrets.db.path; } # ${'x'.repeat(300_000)}`,
    'hosts/atlas/odd.nix': '{ services."a\u001b[31m\tb".x = config.age.secrets.tls.path; }',
    'hosts/\u001b[2J/own.nix': '{ services.x.y = config.age.secrets.tls.path; }',
  });
  const outside = path.join(path.dirname(root), `${path.basename(root)}-outside.nix`);
  writeFileSync(outside, '{ services.outside.x = config.age.secrets.db.path; }');
  onTestFinished(() => rmSync(outside));
  symlinkSync(outside, path.join(root, 'hosts/atlas/link.nix'));
  const tls = keyhole('who', '--used', 'secrets/tls.age');
  expect(tls.text).toContain('used\tnginx\tatlas\t');
  expect(tls.text).toMatch(/used\ta\S*\[31m\S*b\tatlas\t/);
  expect(tls.text + tls.stderr).not.toMatch(/\u001b/);
  expect(tls.stderr).toContain('not every Nix file could be read');
  const db = keyhole('who', '--used', 'secrets/db.age');
  expect(db.text).toBe('');
});
