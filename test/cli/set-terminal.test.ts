import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { member } from '../support/agenix-repository.ts';
import { builtProgram } from '../support/built-program.ts';
import { describeWithPeers } from '../support/peers.ts';
import { startTmux, type Tmux } from '../support/tmux.ts';
import { buildHouseOfSecrets, type HouseOfSecrets } from './support/house-of-secrets.ts';
import { runKeyhole } from './support/run-keyhole.ts';

let house: HouseOfSecrets;
beforeEach(async () => {
  house = await buildHouseOfSecrets();
});
afterEach(() => house.remove());

function inTerminal(...words: readonly string[]): Tmux {
  const tmux = startTmux({
    columns: 120,
    rows: 20,
    command: [
      'sh',
      '-c',
      '"$@"; echo "status $?"; exec sleep 300',
      'sh',
      process.execPath,
      builtProgram(),
      ...words,
    ],
    cwd: house.root,
    env: { HOME: house.home },
  });
  onTestFinished(() => tmux.close());
  return tmux;
}

const get = (secret: string): string =>
  runKeyhole(['get', secret], { home: house.home, cwd: house.root }).text;
const bytes = (name: string): Buffer => readFileSync(path.join(house.root, name));

describeWithPeers('somebody at a terminal', ['tmux', 'git'], () => {
  test('types a value, which is not shown', async () => {
    const tmux = inTerminal('set', 'secrets/db.age');
    await tmux.waitFor('new value of secrets/db.age');
    tmux.type('typed value');
    tmux.press('Enter');
    const screen = await tmux.waitFor('status 0');
    expect(screen).not.toContain('typed value');
    expect(get('secrets/db.age')).toBe('typed value');
  });

  test('is shown the whole key of a reader who is new, and accepts it with y alone', async () => {
    runKeyhole(['set', 'secrets/db.age'], { home: house.home, cwd: house.root, input: 'one' });
    const mallory = member('mallory');
    const rules = path.join(house.root, 'secrets.nix');
    const ours = '"secrets/db.age".publicKeys = [ alice carol';
    const before = readFileSync(rules, 'utf8');
    expect(before).toContain(ours);
    writeFileSync(rules, before.replace(ours, `${ours} "${mallory.publicLine}"`));
    const old = bytes('secrets/db.age');
    const set = (): Tmux => inTerminal('set', 'secrets/db.age', '--value', 'two', '--accept-readers');
    const declined = set();
    const asked = await declined.waitFor('May this key read it? [y/N]');
    expect(asked.replace(/\s/g, '')).toContain(mallory.id.replace(/\s/g, ''));
    declined.press('Enter');
    await declined.waitFor('status 3');
    expect(bytes('secrets/db.age')).toEqual(old);
    const accepted = set();
    await accepted.waitFor('May this key read it? [y/N]');
    accepted.type('y');
    accepted.press('Enter');
    await accepted.waitFor('status 0');
    expect(get('secrets/db.age')).toBe('two');
  });

  test('stops with Ctrl-C, and nothing is written', async () => {
    const before = bytes('secrets/db.age');
    const tmux = inTerminal('set', 'secrets/db.age');
    await tmux.waitFor('new value of secrets/db.age');
    tmux.type('half');
    tmux.press('C-c');
    await tmux.waitFor('status 3');
    expect(bytes('secrets/db.age')).toEqual(before);
  });

  test('is asked before readers change, and no is no', async () => {
    const before = bytes('secrets/drift.age');
    const tmux = inTerminal('set', 'secrets/drift.age', '--value', 'x');
    await tmux.waitFor('no longer readable for carol');
    tmux.press('Enter');
    await tmux.waitFor('status 3');
    expect(bytes('secrets/drift.age')).toEqual(before);
  });

  test('types the name of a file that nobody here could read any more', async () => {
    const before = bytes('secrets/foreign.age');
    for (const [typed, status] of [
      ['y', 3],
      ['secrets/foreign.age', 0],
    ] as const) {
      const tmux = inTerminal('set', 'secrets/foreign.age', '--value', 'x');
      await tmux.waitFor('Type its name to write it');
      tmux.type(typed);
      tmux.press('Enter');
      await tmux.waitFor(`status ${status}`);
      expect(bytes('secrets/foreign.age').equals(before)).toBe(status !== 0);
    }
  });

  test('is asked before secrets are removed', async () => {
    const tmux = inTerminal('rm', 'secrets/db.age');
    await tmux.waitFor('delete secrets/db.age, rewrite secrets.nix?');
    tmux.press('Enter');
    await tmux.waitFor('status 3');
    expect(existsSync(path.join(house.root, 'secrets/db.age'))).toBe(true);
    await inTerminal('rm', '--yes', 'secrets/db.age').waitFor('status 0');
    expect(existsSync(path.join(house.root, 'secrets/db.age'))).toBe(false);
  });
});
