import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { builtProgram } from '../support/built-program.ts';
import { git } from '../support/git-repository.ts';
import { describeWithPeers } from '../support/peers.ts';
import { onlyFirstWrite } from './support/first-write.ts';
import { buildHouseOfSecrets, canary, type HouseOfSecrets, values } from './support/house-of-secrets.ts';
import { type Ran, runKeyhole } from './support/run-keyhole.ts';
import { leftIn, runtimeDirectory, scriptedEditor } from './support/scripted-editor.ts';

let house: HouseOfSecrets;
let runtime: string;
beforeEach(async () => {
  house = await buildHouseOfSecrets();
  runtime = runtimeDirectory();
});
afterEach(() => house.remove());

const env = (editor: string) => ({ VISUAL: editor, XDG_RUNTIME_DIR: runtime });
const keyhole = (words: readonly string[], editor: string): Ran =>
  runKeyhole(words, { home: house.home, cwd: house.root, env: env(editor) });
const edit = (script: string, ...words: readonly string[]): Ran =>
  keyhole(['edit', ...words], scriptedEditor(house.elsewhere, script));
const get = (address: string): string => keyhole(['get', address], '').text;
const status = (): string => git(house.root, 'status', '--short', '--untracked-files=all');
const note = (name: string): string => readFileSync(path.join(house.elsewhere, name), 'utf8');

describe('edit', () => {
  test('gives the value to the editor, and writes what it saves', () => {
    const seen = path.join(house.elsewhere, 'seen');
    const ran = edit(`cp "$1" ${seen}; printf 'a new value' > "$1"`, 'secrets/db.age');
    expect(ran).toMatchObject({ status: 0, text: 'replaced\tsecrets/db.age\n' });
    expect(note('seen')).toBe(values['secrets/db.age']);
    expect(get('secrets/db.age')).toBe('a new value');
    expect(leftIn(runtime)).toEqual([]);
    expect(keyhole(['undo'], '').text).toBe('replaced\tsecrets/db.age\n');
    expect(status()).toBe('');
  });

  test('shows where the text is to nobody else: in memory, in a private directory, under no telling name', () => {
    const facts = path.join(house.elsewhere, 'facts');
    edit(
      `{ stat -c '%a' "$1" "$(dirname "$1")" "$(dirname "$(dirname "$1")")"; stat -f -c %T "$1"; pwd; echo "$1"; env; } > ${facts}`,
      'secrets/app.json.age',
    );
    const [mode, directory, place, kind, cwd, file, ...environment] = note('facts').split('\n');
    expect([mode, directory, place, kind]).toEqual(['600', '700', '700', 'tmpfs']);
    expect(file?.startsWith(`${runtime}/keyhole/`)).toBe(true);
    expect(path.basename(file ?? '')).toBe('value.json');
    expect(cwd).toBe(path.dirname(file ?? ''));
    expect(environment.join('\n')).not.toContain(canary);
  });

  test('touches nothing but the text of one value, and ignores the newline that editors add', () => {
    expect(edit(`printf 'a "quoted" # one\\n' > "$1"`, 'secrets/app.env.age#DB_PASSWORD').status).toBe(0);
    expect(get('secrets/app.env.age#DB_PASSWORD')).toBe('a "quoted" # one');
    expect(get('secrets/app.env.age')).toMatch(/^DB_USER=app\nDB_PASSWORD=.*\nURL="https:/);
    expect(edit('echo >> "$1"', 'secrets/db.age')).toMatchObject({ text: 'unchanged\tsecrets/db.age\n' });
    expect(edit('echo >> "$1"', 'secrets/db.age', '--final-newline', 'exact').status).toBe(0);
    expect(get('secrets/db.age')).toBe(`${values['secrets/db.age']}\n`);
  });

  test('does not write what was not changed, and says so', () => {
    const ran = edit('true', 'secrets/db.age');
    expect(ran).toMatchObject({ status: 0, text: 'unchanged\tsecrets/db.age\n' });
    expect(ran.stderr).toContain('option that makes it wait');
    expect(status()).toBe('');
    expect(readdirSync(path.join(house.root, '.git'))).not.toContain('keyhole');
  });

  test('makes the file that a rule names, unless nothing is typed', () => {
    expect(edit('true', 'secrets/missing.age')).toMatchObject({ status: 3 });
    expect(existsSync(path.join(house.root, 'secrets/missing.age'))).toBe(false);
    expect(edit('echo new > "$1"', 'secrets/missing.age').text).toBe('created\tsecrets/missing.age\n');
    expect(get('secrets/missing.age')).toBe('new\n');
  });

  test('takes an editor that writes another file and gives it the name', () => {
    expect(
      edit('echo other > "$1.new"; mv "$1.new" "$1"; echo kept > "$1~"', 'secrets/two-lines.age').status,
    ).toBe(0);
    expect(get('secrets/two-lines.age')).toBe('other\n');
    expect(leftIn(runtime)).toEqual([]);
  });

  test('splits the words of the variable as a shell does, and runs none', () => {
    const script = `printf '%s|' "$@" > ${house.elsewhere}/words`;
    const program = scriptedEditor(house.elsewhere, script);
    keyhole(['edit', 'secrets/db.age'], `${program} 'two words' a\\ b "$(touch ${house.elsewhere}/ran)"`);
    expect(note('words')).toMatch(/^two words\|a b\|\$\(touch .*\/ran\)\|.*\/value\.txt\|$/);
    expect(existsSync(path.join(house.elsewhere, 'ran'))).toBe(false);
  });

  test('with --dry-run shows the plan, and with --json nothing else', () => {
    const ran = edit('echo noise; echo x > "$1"', 'secrets/two-lines.age', '--dry-run', '--json');
    expect(JSON.parse(ran.text)).toMatchObject({ label: 'edit secrets/two-lines.age', steps: [{ size: 2 }] });
    expect(ran.stderr).toContain('noise');
    expect(status()).toBe('');
  });
});

describe('edit writes nothing', () => {
  const refusals: readonly (readonly [string, number, string, string, readonly string[]])[] = [
    ['when the editor fails', 3, 'ended with status 1', 'echo x > "$1"; exit 1', ['secrets/db.age']],
    ['when the editor is killed', 3, 'by SIGKILL', 'echo x > "$1"; kill -9 $$', ['secrets/db.age']],
    ['when the file is gone', 10, 'no such file', 'rm "$1"', ['secrets/db.age']],
    ['when it became a link', 18, '', 'ln -sf /etc/passwd "$1"', ['secrets/db.age']],
    ['that is empty', 18, 'the new value is empty', ': > "$1"', ['secrets/db.age']],
    ['that is but a newline', 18, 'the new value is empty', 'echo > "$1"', ['secrets/two-lines.age']],
    ['that is broken', 20, 'line 1, column 6', `printf '{"a":}' > "$1"`, ['secrets/app.json.age']],
    ['that is no text', 20, 'not UTF-8', `printf '\\377' > "$1"`, ['secrets/db.age']],
    ['into what is no text', 20, 'it is not text', 'true', ['secrets/all-bytes.age']],
    ['to a key that is not there', 10, 'no such key', 'true', ['secrets/app.env.age#NOPE']],
    ['to what cannot be opened', 11, 'none of the keys', 'true', ['secrets/foreign.age']],
    ['for an agent', 2, 'turned off for agents', 'true', ['secrets/db.age', '--agent']],
    ['that changes readers unasked', 13, 'no longer readable', 'echo x > "$1"', ['secrets/drift.age']],
  ];
  test.each(refusals)('%s', (_, exit, says, script, words) => {
    const ran = edit(script, ...words);
    expect(ran).toMatchObject({ status: exit, text: '' });
    expect(ran.stderr).toContain(says);
    expect(status()).toBe('');
    expect(leftIn(runtime)).toEqual([]);
  });

  test('over what somebody else wrote meanwhile', () => {
    const theirs = path.join(house.root, 'secrets/two-lines.age');
    const ran = edit(`cp ${theirs} ${house.root}/secrets/db.age; echo mine > "$1"`, 'secrets/db.age');
    expect(ran.status).toBe(15);
    expect(ran.stderr).toContain('somebody else wrote it');
    expect(readFileSync(path.join(house.root, 'secrets/db.age'))).toEqual(readFileSync(theirs));
  });

  test('after another commit was checked out', () => {
    const ran = edit(
      `git -C ${house.root} -c user.name=x -c user.email=x@y commit -q --allow-empty -m x; echo mine > "$1"`,
      'secrets/db.age',
    );
    expect(ran.status).toBe(15);
    expect(status()).toBe('');
  });

  test.each([
    ['', 2, 'no editor is set'],
    ['no-such-editor', 10, 'no program called no-such-editor'],
    ["vim 'open", 2, 'a quote is not closed'],
  ])('with %j for an editor', (editor, exit, says) => {
    const ran = keyhole(['edit', 'secrets/db.age'], editor);
    expect(ran.status).toBe(exit);
    expect(ran.stderr).toContain(says);
  });

  test('with an editor that would return at once', () => {
    const code = path.join(house.elsewhere, 'code');
    writeFileSync(code, `#!/bin/sh\nfor file; do :; done; echo waited > "$file"\n`, { mode: 0o755 });
    const ran = keyhole(['edit', 'secrets/two-lines.age'], code);
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain('--wait');
    expect(keyhole(['edit', 'secrets/two-lines.age'], `${code} --wait`).status).toBe(0);
    expect(get('secrets/two-lines.age')).toBe('waited\n');
  });
});

describe('what an edit leaves', () => {
  const started = async (script: string) => {
    const child = spawn(process.execPath, [builtProgram(), 'edit', 'secrets/db.age'], {
      cwd: house.root,
      env: { PATH: process.env['PATH'], HOME: house.home, ...env(scriptedEditor(house.elsewhere, script)) },
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    const ended = once(child, 'exit');
    while (!existsSync(path.join(house.elsewhere, 'ready')))
      await new Promise((wait) => setTimeout(wait, 20));
    return { child, ended };
  };
  const waiting = () => `echo $$ > ${house.elsewhere}/pid; touch ${house.elsewhere}/ready; exec sleep 300`;
  const endEditor = () => spawnSync('kill', ['-9', note('pid').trim()]);

  test.each(['SIGTERM', 'SIGHUP'] as const)(
    'after %s is nothing, and the editor has ended',
    async (signal) => {
      const { child, ended } = await started(waiting());
      expect(leftIn(runtime)).toHaveLength(1);
      child.kill(signal);
      expect(await ended).toEqual([3, null]);
      expect(leftIn(runtime)).toEqual([]);
      expect(spawnSync('kill', ['-0', note('pid').trim()]).status).not.toBe(0);
    },
  );

  test('after Ctrl-C is up to the editor', async () => {
    const { child, ended } = await started(
      `echo $$ > ${house.elsewhere}/pid; touch ${house.elsewhere}/ready; while [ ! -e ${house.elsewhere}/go ]; do sleep 0.05; done; echo saved > "$1"`,
    );
    child.kill('SIGINT');
    writeFileSync(path.join(house.elsewhere, 'go'), '');
    expect(await ended).toEqual([0, null]);
    expect(get('secrets/db.age')).toBe('saved');
  });

  test('after kill -9 is gone with the next start, and what another is editing is not', async () => {
    const { child, ended } = await started(waiting());
    const [directory = ''] = leftIn(runtime);
    const file = path.join(runtime, 'keyhole', directory, 'value.txt');
    expect(keyhole(['list'], '').status).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(values['secrets/db.age']);
    child.kill('SIGKILL');
    await ended;
    expect(readFileSync(file, 'utf8')).toContain(canary);
    expect(keyhole(['list'], '').status).toBe(0);
    expect(leftIn(runtime)).toEqual([]);
    endEditor();
  });
});

describeWithPeers('vim with settings that keep copies of everything', ['vim'], () => {
  const copies = (): string => {
    const kept = path.join(house.home, 'kept');
    const files = existsSync(kept) ? readdirSync(kept, { recursive: true, withFileTypes: true }) : [];
    return files
      .filter((one) => one.isFile())
      .map((one) => readFileSync(path.join(one.parentPath, one.name), 'latin1'))
      .join('\n');
  };
  const vimrc = () => {
    const kept = path.join(house.home, 'kept');
    for (const name of ['swap', 'backup', 'undo']) mkdirSync(path.join(kept, name), { recursive: true });
    const file = path.join(house.home, '.vimrc');
    writeFileSync(
      file,
      [
        'set nocompatible',
        `set swapfile updatecount=1 directory=${kept}/swap//`,
        `set backup writebackup backupdir=${kept}/backup//`,
        `set undofile undodir=${kept}/undo//`,
        `set viminfo='100,<1000,s1000 viminfofile=${kept}/viminfo`,
        '',
      ].join('\n'),
    );
    return file;
  };
  const commands = (file: string) =>
    `-e -s -u ${file} -c 'normal! yy' -c '%s/of the/of no/' -c 'write' -c 'qall'`;

  test('keeps them of any file, but not of a secret', () => {
    const file = vimrc();
    const plain = path.join(house.elsewhere, 'plain.txt');
    writeFileSync(plain, `${canary} of the plain\n`);
    execFileSync('sh', ['-c', `vim ${commands(file)} ${plain}`], {
      env: { ...process.env, HOME: house.home, TERM: 'dumb' },
      stdio: 'ignore',
    });
    expect(copies()).toContain(canary);
    execFileSync('rm', ['-r', path.join(house.home, 'kept')]);
    vimrc();

    const ran = keyhole(['edit', 'secrets/db.age'], `vim ${commands(file)}`);
    expect(ran).toMatchObject({ status: 0, text: 'replaced\tsecrets/db.age\n', stderr: onlyFirstWrite });
    expect(get('secrets/db.age')).toBe(values['secrets/db.age'].replace('of the', 'of no'));
    expect(copies()).not.toContain(canary);
    expect(leftIn(runtime)).toEqual([]);
  });
});
