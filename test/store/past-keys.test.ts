import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pastKeys } from '../../src/store/git/past-keys.ts';
import { member } from '../support/agenix-repository.ts';
import { type Files, git, gitRepository, writeFiles } from '../support/git-repository.ts';
import { describeWithPeers } from '../support/peers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const alice = member('alice');
const laptop = member('laptop');

/** A commit after the last one; `null` deletes a file. */
function commit(root: string, files: Readonly<Record<string, string | null>>, message = 'next'): string {
  for (const [path, content] of Object.entries(files)) {
    if (content === null) rmSync(join(root, path));
    else writeFiles(root, { [path]: content });
  }
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '-m', message);
  return git(root, 'rev-parse', 'HEAD').trim();
}

async function pastOf(root: string, rulesFrom: readonly string[] = ['secrets.nix']) {
  const past = await pastKeys(root, new Set(rulesFrom), process.env);
  if (!past.ok) throw new Error(past.error.says);
  return past.value;
}

const find = async (root: string, id = laptop.id) =>
  (await pastOf(root))?.keys.find(({ recipient }) => recipient.id === id);

const rules = (...names: readonly string[]): string =>
  [
    'let',
    ...names.map((name) => `  ${name} = "${name === 'alice' ? alice.publicLine : laptop.publicLine}";`),
    `in { "db.age".publicKeys = [ ${names.join(' ')} ]; }`,
    '',
  ].join('\n');

describeWithPeers('keys that the rules held once', ['git'], () => {
  test('are named with the commit that removed them, what they were called, and the day', async () => {
    const root = gitRepository({ 'secrets.nix': rules('alice', 'old_laptop') });
    const removal = commit(root, { 'secrets.nix': rules('alice') });
    commit(root, { 'readme.md': 'later' });
    expect(await find(root)).toEqual({
      recipient: { id: laptop.id, kind: 'ssh-ed25519', names: [] },
      name: 'old_laptop',
      file: 'secrets.nix',
      commit: removal,
      when: Date.parse('2024-03-01T12:00:00Z'),
      did: 'removed',
    });
    expect(await find(root, alice.id)).toMatchObject({ name: 'alice', did: 'added' });
  });

  test.each<[string, Files, string]>([
    ['a binding on the line above', { 'secrets.nix': `{ web1 =\n    "${laptop.publicLine}";\n}` }, 'web1'],
    ['an attribute path', { 'keys.nix': `{ hosts.web1.publicKey = "${laptop.publicLine}"; }` }, 'web1'],
    ['a list of one', { 'keys.nix': `{ bob = [ "${laptop.id}" ]; }` }, 'bob'],
    ['the comment of the key', { 'keys.nix': `[ "${laptop.publicLine}" ]` }, 'laptop@laptop'],
    ['a .pub file', { 'keys/old host.pub': `${laptop.publicLine}\n` }, 'old host'],
    ['the directory of a .pub file', { 'hosts/web1/ssh_host_ed25519_key.pub': laptop.publicLine }, 'web1'],
    ['no name at all', { 'keys.nix': `[ "${laptop.id}" ]` }, ''],
  ])('are named by %s', async (_, files, name) => {
    const root = gitRepository(files);
    commit(root, Object.fromEntries(Object.keys(files).map((path) => [path, null])));
    expect(await find(root)).toMatchObject({ name: name === '' ? null : name, did: 'removed' });
  });

  test('are not removed by a commit that moves them, or brings them back', async () => {
    const root = gitRepository({ 'secrets.nix': rules('alice', 'laptop') });
    commit(root, { 'secrets.nix': rules('alice'), 'keys.nix': `{ moved = "${laptop.publicLine}"; }` });
    expect(await find(root)).toMatchObject({ did: 'added', file: 'keys.nix', name: 'moved' });
    const removal = commit(root, { 'keys.nix': '{ }' });
    expect(await find(root)).toMatchObject({ did: 'removed', commit: removal });
    commit(root, { 'secrets.nix': rules('alice', 'again') });
    expect(await find(root)).toMatchObject({ did: 'added', file: 'secrets.nix', name: 'again' });
  });

  test('count by the rules rather than by what else held them', async () => {
    const root = gitRepository({
      'secrets.nix': rules('alice', 'laptop'),
      'users.nix': `{ keys.keys = [ "${laptop.publicLine}" ]; }`,
    });
    const removal = commit(root, { 'secrets.nix': rules('alice') });
    commit(root, { 'users.nix': '{ }' });
    expect(await find(root)).toMatchObject({ file: 'secrets.nix', commit: removal });
  });

  test('are found behind names and contents that imitate a patch', async () => {
    const odd = 'a\n--- b/x.nix\n"ü.nix';
    const root = gitRepository({
      [odd]: `-- a/other.nix\n++ b/other.nix\n\0${'c'.repeat(40)} 1\n@@ -1,9 +1,9 @@\nx = "${laptop.publicLine}";\n`,
    });
    const removal = commit(root, { [odd]: '{ }' });
    expect(await find(root)).toMatchObject({ file: odd, name: 'x', commit: removal, did: 'removed' });
  });

  test('are nothing without git or before the first commit', async () => {
    const plain = temporaryDirectory();
    writeFileSync(join(plain, 'secrets.nix'), rules('alice'));
    expect(await pastOf(plain)).toBeNull();
    git(plain, 'init', '-q');
    expect(await pastOf(plain)).toBeNull();
  });

  test('are cut off in a shallow clone, and that is told', async () => {
    const root = gitRepository({ 'secrets.nix': rules('alice', 'laptop') });
    commit(root, { 'secrets.nix': rules('alice') });
    const clone = join(temporaryDirectory(), 'clone');
    git(root, '-c', 'protocol.file.allow=always', 'clone', '-q', '--depth', '1', `file://${root}`, clone);
    const past = await pastOf(clone);
    expect(past?.isShallow).toBe(true);
    expect(past?.keys.map(({ recipient }) => recipient.id)).toEqual([alice.id]);
  });

  test('are read without running what the repository configures', async () => {
    const root = gitRepository({
      'secrets.nix': rules('alice', 'laptop'),
      '.gitattributes': '*.nix diff=evil -text filter=evil\n',
    });
    const mark = join(temporaryDirectory(), 'ran');
    commit(root, { 'secrets.nix': rules('alice') });
    for (const key of [
      'diff.evil.textconv',
      'diff.evil.command',
      'core.pager',
      'core.fsmonitor',
      'filter.evil.smudge',
    ]) {
      git(root, 'config', key, `sh -c 'echo ${key} >> ${mark}; cat "$1"' --`);
    }
    // That it would run, were git asked in the usual way.
    execFileSync('git', ['log', '-p', '--textconv'], { cwd: root, stdio: 'ignore' });
    expect(existsSync(mark)).toBe(true);
    rmSync(mark);
    expect(await find(root)).toMatchObject({ did: 'removed', name: 'laptop' });
    expect(existsSync(mark)).toBe(false);
  });

  test('are read where attributes call the rules binary', async () => {
    const root = gitRepository({
      'secrets.nix': rules('alice', 'laptop'),
      '.gitattributes': '*.nix binary\n',
    });
    commit(root, { 'secrets.nix': rules('alice') });
    expect(await find(root)).toMatchObject({ did: 'removed' });
  });
});
