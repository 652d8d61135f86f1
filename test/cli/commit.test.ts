import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSession } from '../../src/app/open-session.ts';
import { git } from '../support/git-repository.ts';
import { describeWithPeers } from '../support/peers.ts';
import { buildHouseOfSecrets, canary, type HouseOfSecrets } from './support/house-of-secrets.ts';
import { type Ran, runKeyhole } from './support/run-keyhole.ts';

let house: HouseOfSecrets;
beforeEach(async () => {
  house = await buildHouseOfSecrets();
  git(house.root, 'config', 'user.name', 'Alice Example');
  git(house.root, 'config', 'user.email', 'alice@example.org');
});
afterEach(() => house.remove());

const keyhole = (words: readonly string[], input = ''): Ran =>
  runKeyhole(words, { home: house.home, cwd: house.root, input });
const file = (name: string): string => path.join(house.root, name);
const status = (): string => git(house.root, 'status', '--short', '--untracked-files=all');
const committed = (): readonly string[] =>
  git(house.root, 'show', '--name-status', '--format=%s', 'HEAD').trimEnd().split('\n');
const head = (): string => git(house.root, 'rev-parse', 'HEAD').trim();

/** A hook that leaves a mark, says something, and ends with a status. */
function hook(name: string, marks: string, says = '', ends = 0): void {
  const script = `#!/bin/sh\ntouch '${marks}/${name}'\nprintf '${says}' >&2\nexit ${ends}\n`;
  mkdirSync(file('.git/hooks'), { recursive: true });
  writeFileSync(file(`.git/hooks/${name}`), script, { mode: 0o755 });
}

const marksDirectory = (): string => {
  const marks = path.join(house.elsewhere, 'marks');
  mkdirSync(marks);
  return marks;
};

describeWithPeers('commit', ['git'], () => {
  test('commits exactly what keyhole wrote, and leaves what others staged as it is', () => {
    keyhole(['set', 'secrets/db.age'], 'another');
    keyhole(['new', 'secrets/fresh.age', '--to', 'alice', '--generate', 'wireguard']);
    keyhole(['rm', 'secrets/two-lines.age']);
    writeFileSync(file('staged.txt'), 'somebody else');
    git(house.root, 'add', 'staged.txt');
    writeFileSync(file('loose.txt'), 'nobody asked for it');

    const ran = keyhole(['commit']);
    expect(ran.status).toBe(0);
    expect(ran.stderr).toContain('1 other file staged, and left so');
    expect(committed()).toEqual([
      'secrets: change db, fresh, two-lines',
      '',
      'M\tsecrets.nix',
      'M\tsecrets/db.age',
      'A\tsecrets/fresh.age',
      'A\tsecrets/fresh.pub',
      'D\tsecrets/two-lines.age',
    ]);
    expect(status()).toBe('A  staged.txt\n?? loose.txt\n');
    const again = keyhole(['commit']);
    expect(again).toMatchObject({ status: 0, text: '' });
    expect(again.stderr).toContain('nothing that keyhole wrote differs from the last commit');
  });

  test('takes a message, and a secret whose name is no ordinary name', () => {
    keyhole(['set', 'secrets/new\nline.age'], 'x');
    keyhole(['set', 'secrets/-i.age'], 'x');
    const ran = keyhole(['commit', '-m', '-- a message', '--json']);
    expect(JSON.parse(ran.text)).toMatchObject({ ok: true, commit: head(), message: '-- a message' });
    expect(
      git(house.root, 'show', '-z', '--name-only', '--format=', 'HEAD').split('\0').filter(Boolean),
    ).toEqual(['secrets/-i.age', 'secrets/new\nline.age']);
    expect(git(house.root, 'log', '-1', '--format=%s').trim()).toBe('-- a message');
    expect(keyhole(['commit', '-m', ' ']).status).toBe(2);
  });

  test('names the hooks before it runs them, and a look runs none', () => {
    const marks = marksDirectory();
    hook('pre-commit', marks);
    hook('commit-msg', marks);
    git(house.root, 'config', 'filter.lock.clean', `touch '${marks}/clean'; cat`);
    git(house.root, 'config', 'core.fsmonitor', `touch '${marks}/fsmonitor'; false`);
    keyhole(['set', 'secrets/db.age'], 'another');
    writeFileSync(file('.gitattributes'), '*.age filter=lock\n');

    const looked = keyhole(['commit', '--dry-run']);
    expect(looked.stderr).toContain('hooks run, with your rights: pre-commit, commit-msg');
    expect(looked.stderr).toContain('more that git may run: core.fsmonitor, filter.lock.clean');
    expect(looked.text).toBe('changed\tsecrets/db.age\tciphertext\n');
    expect(readdirSync(marks)).toEqual([]);

    expect(keyhole(['commit']).status).toBe(0);
    expect(readdirSync(marks)).toEqual(expect.arrayContaining(['clean', 'commit-msg', 'pre-commit']));
    expect(committed()).toContain('M\tsecrets/db.age');
  });

  test('finds the hooks where settings say they are, as far as it may look there', () => {
    const marks = marksDirectory();
    keyhole(['set', 'secrets/db.age'], 'another');
    const hooks = (): unknown => JSON.parse(keyhole(['commit', '--dry-run', '--json']).text).hooks;
    expect(hooks()).toEqual([]);
    hook('post-commit', marks);
    mkdirSync(file('.husky'));
    writeFileSync(file('.husky/pre-commit'), '#!/bin/sh\n', { mode: 0o755 });
    writeFileSync(file('.husky/commit-msg'), '#!/bin/sh\n', { mode: 0o644 });
    git(house.root, 'config', 'core.hooksPath', '.husky');
    expect(hooks()).toEqual(['pre-commit']);
    git(house.root, 'config', 'core.hooksPath', house.elsewhere);
    expect(hooks()).toEqual([`whatever lies in ${house.elsewhere}`]);
    git(house.root, 'config', '--unset', 'core.hooksPath');
    expect(hooks()).toEqual(['post-commit']);
    writeFileSync(path.join(house.home, '.gitconfig'), '[core]\n\thooksPath = ~/hooks\n');
    mkdirSync(path.join(house.home, 'hooks'));
    writeFileSync(path.join(house.home, 'hooks/pre-commit'), '#!/bin/sh\n', { mode: 0o755 });
    expect(hooks()).toEqual(['pre-commit']);
  });

  test('that a hook refuses says so in its words, made safe, and changes nothing', () => {
    const marks = marksDirectory();
    hook('pre-commit', marks, 'not on a \\033[31mFriday\\n', 1);
    keyhole(['new', 'secrets/fresh.age', '--to', 'alice'], 'fresh');
    const [before, as] = [head(), status()];
    const ran = keyhole(['commit']);
    expect(ran.status).toBe(18);
    expect(ran.stderr).toContain('git did not commit: not on a ^[[31mFriday');
    expect(readdirSync(marks)).toEqual(['pre-commit']);
    expect([head(), status()]).toEqual([before, as]);
  });

  test('waits for nobody who is not there', () => {
    const asks = file('.git/asks');
    writeFileSync(asks, '#!/bin/sh\nread answer < /dev/tty || echo "no terminal" >&2\nexit 1\n', {
      mode: 0o755,
    });
    git(house.root, 'config', 'commit.gpgSign', 'true');
    git(house.root, 'config', 'gpg.program', asks);
    keyhole(['set', 'secrets/db.age'], 'another');
    const ran = keyhole(['commit', '--non-interactive']);
    expect(ran.status).toBe(18);
    expect(ran.stderr).toContain('gpg failed to sign');
    expect(ran.stderr).toContain('more that git may run: gpg.program');
  });

  test('leaves out what something else changed since, and says of what it changed before', () => {
    appendFileSync(file('secrets.nix'), '# a note of my own\n');
    keyhole(['set', 'secrets/db.age'], 'another');
    keyhole(['rm', 'secrets/two-lines.age']);
    writeFileSync(file('secrets/db.age'), `${canary} in clear`);
    const ran = keyhole(['commit']);
    expect(ran.stderr).toContain(
      'secrets/db.age: left out: something else changed it since keyhole wrote it',
    );
    expect(ran.stderr).toContain('secrets.nix: holds changes that keyhole did not make, too');
    expect(committed().slice(2)).toEqual(['M\tsecrets.nix', 'D\tsecrets/two-lines.age']);
    expect(status()).toBe(' M secrets/db.age\n');
  });

  test('never commits a plaintext, even where the record of a write claims it', () => {
    keyhole(['set', 'secrets/db.age'], 'another');
    const plain = `${canary} in clear`;
    const record = file('.git/keyhole/undo/00000001/COMMIT');
    const journal = JSON.parse(readFileSync(record, 'utf8'));
    journal.files[0].after = { sha256: createHash('sha256').update(plain).digest('hex'), size: plain.length };
    const secret = { ...journal.files[0], path: 'key.pub', target: 'key.pub', before: null };
    journal.files.push(secret, { ...secret, path: 'plain.txt', target: 'plain.txt' });
    writeFileSync(record, JSON.stringify(journal));
    for (const name of ['secrets/db.age', 'key.pub', 'plain.txt']) writeFileSync(file(name), plain);
    const before = head();
    const ran = keyhole(['commit']);
    for (const name of ['secrets/db.age', 'key.pub', 'plain.txt'])
      expect(ran.stderr).toContain(`${name}: left out: it is neither ciphertext nor rules nor a public key`);
    expect(head()).toBe(before);
    // The very same record is believed where there is ciphertext.
    rmSync(file('plain.txt'));
    git(house.root, 'checkout', '-q', '--', 'secrets/db.age');
    keyhole(['set', 'secrets/db.age'], 'once more');
    expect(keyhole(['commit']).text).toBe('changed\tsecrets/db.age\tciphertext\n');
  });

  test('in the middle of a merge is refused by git, and told', () => {
    git(house.root, 'checkout', '-q', '-b', 'theirs');
    writeFileSync(file('conflict'), 'theirs');
    git(house.root, 'add', 'conflict');
    git(house.root, 'commit', '-q', '-m', 'theirs');
    git(house.root, 'checkout', '-q', 'main');
    writeFileSync(file('conflict'), 'ours');
    git(house.root, 'add', 'conflict');
    git(house.root, 'commit', '-q', '-m', 'ours');
    expect(() => git(house.root, 'merge', 'theirs')).toThrow();
    keyhole(['set', 'secrets/db.age'], 'another');
    const ran = keyhole(['commit']);
    expect(ran.status).toBe(18);
    expect(ran.stderr).toMatch(/partial commit during a merge/);
  });

  test('is nothing without git, and nothing where git is told to work elsewhere', () => {
    keyhole(['set', 'secrets/db.age'], 'another');
    git(house.root, 'config', 'core.worktree', house.elsewhere);
    expect(keyhole(['commit'])).toMatchObject({ status: 18, text: '' });
    rmSync(file('.git'), { recursive: true });
    expect(keyhole(['commit'])).toMatchObject({ status: 10, text: '' });
  });

  test('does not come undone: undo after it says that the commit stays', () => {
    keyhole(['set', 'secrets/db.age'], 'another');
    expect(keyhole(['undo', '--dry-run']).stderr).not.toContain('committed');
    keyhole(['commit']);
    const ran = keyhole(['undo']);
    expect(ran.stderr).toContain('secrets/db.age: it is committed as it is now, and the commit stays');
    expect(status()).toBe(' M secrets/db.age\n');
    expect(keyhole(['redo']).stderr).not.toContain('the commit stays');
    expect(status()).toBe('');
    keyhole(['undo']);
    expect(keyhole(['commit']).status).toBe(0);
    expect(git(house.root, 'diff', '--stat', 'HEAD~2', 'HEAD')).toBe('');
  });
});

describeWithPeers('list --git', ['git'], () => {
  test('says what git would say, and list without it asks no git', () => {
    keyhole(['set', 'secrets/db.age'], 'another');
    writeFileSync(file('secrets/stray.age'), readFileSync(file('secrets/db.age')));
    const lines = keyhole(['list', '--git', 'secrets/*']).text.split('\n');
    const last = (name: string): string | undefined =>
      lines
        .find((line) => line.startsWith(`${name}\t`))
        ?.split('\t')
        .at(-1);
    expect(last('secrets/db.age')).toBe('modified, not committed');
    expect(last('secrets/stray.age')).toBe('untracked');
    expect(last('secrets/two-lines.age')).toBe('clean');
    expect(last('secrets/missing.age')).toBe('-');
    const json = JSON.parse(keyhole(['list', '--git', '--json']).text);
    expect(json.git).toContainEqual({ path: 'secrets.nix', tree: 'clean', isStaged: false });
    expect(JSON.parse(keyhole(['list', '--json']).text)).not.toHaveProperty('git');
  });
});

describeWithPeers('a secret behind a link', ['git'], () => {
  test('is the file that the link leads to', async () => {
    symlinkSync('db.age', file('secrets/link.age'));
    git(house.root, 'add', 'secrets/link.age');
    git(house.root, 'commit', '-q', '-m', 'a link');
    const options = { path: house.root, rulesFiles: [], identityFiles: [], defaultIdentities: false };
    const session = await openSession({ ...options, env: { HOME: house.home, PATH: process.env['PATH'] } });
    if (!session.ok) throw new Error(session.error.says);
    const work = await session.value.git();
    const state = async (): Promise<unknown> => {
      const found = await work.states(['secrets/link.age']);
      return found.ok && found.value?.get('secrets/link.age');
    };
    expect(await state()).toEqual({ tree: 'clean', isStaged: false });
    appendFileSync(file('secrets/db.age'), 'more');
    expect(await state()).toEqual({ tree: 'modified', isStaged: false });
  });
});
