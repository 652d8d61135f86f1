import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { builtProgram } from '../support/built-program.ts';
import { describeWithPeers } from '../support/peers.ts';
import { startTmux, type Tmux } from '../support/tmux.ts';
import { buildHouseOfSecrets, type HouseOfSecrets, values } from './support/house-of-secrets.ts';
import { runKeyhole } from './support/run-keyhole.ts';
import { leftIn, runtimeDirectory, scriptedEditor } from './support/scripted-editor.ts';

let house: HouseOfSecrets;
let runtime: string;
beforeEach(async () => {
  house = await buildHouseOfSecrets();
  runtime = runtimeDirectory();
});
afterEach(() => {
  expect(leftIn(runtime)).toEqual([]);
  house.remove();
});

function editing(editor: string, secret: string): Tmux {
  const words = [process.execPath, builtProgram(), 'edit', secret];
  const tmux = startTmux({
    columns: 160,
    rows: 20,
    command: ['sh', '-c', '"$@"; echo "status $?"; exec sleep 300', 'sh', ...words],
    cwd: house.root,
    env: { HOME: house.home, VISUAL: editor, XDG_RUNTIME_DIR: runtime },
  });
  onTestFinished(() => tmux.close());
  return tmux;
}
function answer(tmux: Tmux, text: string): void {
  tmux.type(text);
  tmux.press('Enter');
}
const scripts = (...all: readonly string[]): string => scriptedEditor(house.elsewhere, ...all);
const file = (name: string): string => path.join(house.root, name);
const note = (name: string): string => readFileSync(path.join(house.elsewhere, name), 'utf8');
const get = (secret: string): string =>
  runKeyhole(['get', secret], { home: house.home, cwd: house.root }).text;

describeWithPeers('somebody who edits at a terminal', ['tmux', 'git'], () => {
  test('is given a broken text again, as it was left', async () => {
    const editor = scripts(
      `printf '{"a":}' > "$1"`,
      `cp "$1" ${house.elsewhere}/again; printf '{"a":1}' > "$1"`,
    );
    const tmux = editing(editor, 'secrets/app.json.age');
    await tmux.waitFor('line 1, column 6');
    answer(tmux, 'e');
    await tmux.waitFor('status 0');
    expect(note('again')).toBe('{"a":}');
    expect(get('secrets/app.json.age')).toBe('{"a":1}');
  });

  test('can write a broken text all the same, or give it up', async () => {
    for (const [typed, status, value] of [
      ['d', 3, values['secrets/app.json.age']],
      ['w', 0, '{"a":}'],
    ] as const) {
      const tmux = editing(scripts(`printf '{"a":}' > "$1"`), 'secrets/app.json.age');
      await tmux.waitFor('(w)rite it all the same');
      answer(tmux, typed);
      await tmux.waitFor(`status ${status}`);
      expect(get('secrets/app.json.age')).toBe(value);
    }
  });

  test('is asked whether nothing is meant', async () => {
    const tmux = editing(scripts(': > "$1"', 'echo something > "$1"'), 'secrets/two-lines.age');
    await tmux.waitFor('the new value is empty');
    answer(tmux, 'e');
    await tmux.waitFor('status 0');
    expect(get('secrets/two-lines.age')).toBe('something\n');
  });

  test('leaves nothing behind when the terminal goes away at a question', async () => {
    const tmux = editing(scripts(': > "$1"'), 'secrets/two-lines.age');
    await tmux.waitFor('the new value is empty');
    expect(leftIn(runtime)).toHaveLength(1);
    tmux.close();
    while (leftIn(runtime).length > 0) await new Promise((wait) => setTimeout(wait, 20));
    expect(get('secrets/two-lines.age')).toBe(values['secrets/two-lines.age']);
  });

  test('is asked before readers change, and may think again without losing the text', async () => {
    const tmux = editing(scripts('echo mine > "$1"', 'true'), 'secrets/drift.age');
    for (const typed of ['n', 'e', 'y']) {
      await tmux.waitFor(typed === 'e' ? '(e)dit it again' : 'no longer readable');
      answer(tmux, typed);
    }
    await tmux.waitFor('status 0');
    expect(get('secrets/drift.age')).toBe('mine');
  });

  test('chooses what becomes of a file that somebody else wrote meanwhile', async () => {
    const theirs = readFileSync(file('hosts/db1/same.age'));
    const meddle = `cp hosts/db1/same.age secrets/db.age; printf mine > "$1"`.replaceAll(
      /(hosts|secrets)\//g,
      `${house.root}/$1/`,
    );
    const given = editing(scripts(meddle), 'secrets/db.age');
    await given.waitFor('(d)iscard yours');
    answer(given, 'd');
    await given.waitFor('status 3');
    expect(readFileSync(file('secrets/db.age'))).toEqual(theirs);

    execFileSync('git', ['-C', house.root, 'checkout', '-q', 'secrets/db.age']);
    const both = scripts(meddle, `cat "$1" "$2" > ${house.elsewhere}/both; printf merged > "$1"`);
    const merged = editing(both, 'secrets/db.age');
    await merged.waitFor('(e)dit yours again with theirs');
    answer(merged, 'e');
    await merged.waitFor('status 0');
    expect(note('both')).toBe(`mine${values['hosts/db1/same.age']}`);
    expect(get('secrets/db.age')).toBe('merged');

    execFileSync('git', ['-C', house.root, 'checkout', '-q', 'secrets/db.age']);
    const over = editing(scripts(meddle), 'secrets/db.age');
    await over.waitFor('(w)rite yours over theirs');
    answer(over, 'w');
    await over.waitFor('status 0');
    expect(get('secrets/db.age')).toBe('mine');
  });

  test('keeps what was typed when another commit was checked out meanwhile', async () => {
    const commit = `git -C ${house.root} -c user.name=x -c user.email=x@y commit -q --allow-empty -m x`;
    const tmux = editing(scripts(`${commit}; printf mine > "$1"`), 'secrets/db.age');
    await tmux.waitFor('another commit was checked out');
    answer(tmux, 'w');
    await tmux.waitFor('status 0');
    expect(get('secrets/db.age')).toBe('mine');
  });
});

describeWithPeers('somebody who edits with vim', ['tmux', 'vim'], () => {
  test('types, saves, and finds it written', async () => {
    const tmux = editing('vim -u NONE', 'secrets/db.age');
    await tmux.waitFor('of the database');
    tmux.type('Ityped ');
    tmux.press('Escape');
    answer(tmux, ':wq');
    await tmux.waitFor('status 0');
    expect(get('secrets/db.age')).toBe(`typed ${values['secrets/db.age']}`);
  });

  test('leaves with :cq, and nothing is written', async () => {
    const tmux = editing('vim -u NONE', 'secrets/db.age');
    await tmux.waitFor('of the database');
    tmux.type('Ityped ');
    tmux.press('Escape');
    answer(tmux, ':w');
    answer(tmux, ':cq');
    await tmux.waitFor('status 3');
    expect(get('secrets/db.age')).toBe(values['secrets/db.age']);
  });
});
