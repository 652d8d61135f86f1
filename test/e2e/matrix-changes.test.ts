import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encrypted, type Member, member } from '../support/agenix-repository.ts';
import { createDemoTerminals, type DemoTerminals, enter } from '../support/demo-terminal.ts';
import { git, gitRepository } from '../support/git-repository.ts';
import { describeWithPeers } from '../support/peers.ts';
import type { Tmux } from '../support/tmux.ts';

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 40, rows: 20 },
] as const;

const value = 'not-real-value';

/** On `b.age` there is a host that the rules took out long ago. */
async function repositoryWithDrift(members: Readonly<Record<'alice' | 'bob' | 'web1' | 'web2', Member>>) {
  const { alice, bob, web1, web2 } = members;
  const rules = `let
  alice = "${alice.publicLine}";
  bob = "${bob.publicLine}";
  web1 = "${web1.publicLine}";
  web2 = "${web2.publicLine}";
  hosts = [ web1 web2 ];
in
{
  "a.age".publicKeys = [ alice bob web1 ]; # the first
  "b.age".publicKeys = [ alice web1 ];
  "c.age".publicKeys = [ alice ] ++ hosts;
}
`;
  return gitRepository({
    'secrets.nix': rules,
    'a.age': await encrypted(value, [alice, bob, web1]),
    'b.age': await encrypted(value, [alice, web1, web2]),
    'c.age': await encrypted(value, [alice, web1, web2]),
  });
}

/** Files that hold a text, as grep finds them. */
const filesWith = (text: string, directories: readonly string[]): string[] =>
  spawnSync('grep', ['-rlaF', text, ...directories], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter(Boolean);

describeWithPeers('the readers in the terminal', ['tmux', 'git', 'age'], () => {
  let demo: DemoTerminals;
  beforeEach(async () => {
    demo = await createDemoTerminals();
  });
  afterEach(() => demo.dispose());

  const members = {
    alice: member('alice'),
    bob: member('bob'),
    web1: member('web1', 'root@web1'),
    web2: member('web2', 'root@web2'),
  } as const;

  /** What the real age says that somebody can read. */
  const reads = (root: string, file: string): string[] =>
    Object.entries(members)
      .filter(([name, { privateFile }]) => {
        const identity = path.join(demo.temporary, `id-${name}`);
        writeFileSync(identity, privateFile, { mode: 0o600 });
        const { status, stdout } = spawnSync('age', ['-d', '-i', identity, path.join(root, file)], {
          encoding: 'utf8',
        });
        return status === 0 && stdout === value;
      })
      .map(([name]) => name);

  async function openMatrix(root: string, size: { columns: number; rows: number }): Promise<Tmux> {
    const identity = path.join(demo.temporary, 'id-alice');
    writeFileSync(identity, members.alice.privateFile, { mode: 0o600 });
    const terminal = await demo.start(size);
    enter(terminal, `${demo.keyhole} --no-default-identities -i ${identity} ${root}`);
    await terminal.waitFor('a.age');
    terminal.press('m');
    await terminal.waitFor('web2');
    return terminal;
  }

  test.each(sizes)(
    'a revocation and a grant are reviewed, written as one and taken back at $columns×$rows',
    async (size) => {
      const root = await repositoryWithDrift(members);
      const before = ['secrets.nix', 'a.age', 'b.age', 'c.age'].map((file) =>
        readFileSync(path.join(root, file)),
      );
      expect(reads(root, 'a.age')).toEqual(['alice', 'bob', 'web1']);
      const isNarrow = size.columns < 60;
      const across = isNarrow ? 'j' : 'l';
      const terminal = await openMatrix(root, size);
      // The columns are web1, web2, alice and bob: a.age goes from bob to web2.
      terminal.press(across, 'Space');
      await terminal.waitFor(/\+1\b/);
      terminal.press(across, across, 'Space');
      await terminal.waitFor(/\+1 −1/);
      terminal.press('p');
      const plan = await terminal.waitFor(/change 2 readers\?/);
      for (const line of plan.split('\n')) expect([...line].length).toBeLessThanOrEqual(size.columns);
      const words = plan.replace(/[\s│]+/g, ' ');
      expect(words).toContain('1 file encrypted again, 1 rules file edited');
      terminal.press('G');
      const end = (await terminal.waitFor(/3 → 3/)).replace(/[\s│]+/g, ' ');
      expect(end).toMatch(/a\.age 3 → 3 \+ web2 - bob/);
      expect(git(root, 'status', '--short')).toBe('');
      terminal.press('y');
      await terminal.waitFor(/change 2 readers · u takes it\s+back/);
      expect(reads(root, 'a.age')).toEqual(['alice', 'web1', 'web2']);
      const rules = readFileSync(path.join(root, 'secrets.nix'), 'utf8');
      expect(rules).toContain('"a.age".publicKeys = [ alice web1 web2 ]; # the first');
      expect(git(root, 'status', '--short')).toBe(' M a.age\n M secrets.nix\n');
      await terminal.waitFor((screen) => !screen.includes('+1 −1'));
      terminal.press('u');
      await terminal.waitFor(/taken back/);
      const after = ['secrets.nix', 'a.age', 'b.age', 'c.age'].map((file) =>
        readFileSync(path.join(root, file)),
      );
      expect(after).toEqual(before);
      const places = [demo.home, demo.temporary, root];
      expect(filesWith(value, places)).toEqual([]);
      writeFileSync(path.join(demo.temporary, 'planted'), `a ${value} b`);
      expect(filesWith(value, places)).toEqual([path.join(demo.temporary, 'planted')]);
    },
  );

  test('the host that was removed long ago is found and taken off its file', async () => {
    const root = await repositoryWithDrift(members);
    expect(reads(root, 'b.age')).toEqual(['alice', 'web1', 'web2']);
    const terminal = await openMatrix(root, { columns: 80, rows: 24 });
    terminal.press(']', 'l');
    const found = await terminal.waitFor(/b\.age × web2: reads, and secrets\.nix:10 does not/);
    expect(found.replace(/[\s│]+/g, ' ')).toMatch(
      /its ssh-ed25519 stanza \S+ is on the file until it is encrypted again/,
    );
    terminal.press('F');
    const plan = await terminal.waitFor('rekey b.age?');
    expect(plan).toMatch(/b\.age +3 → 2 - web2/);
    expect(plan.replace(/[\s│]+/g, ' ')).toContain('give 1 secret another value: b.age');
    terminal.press('y');
    await terminal.waitFor(/rekey b\.age · u takes it back/);
    expect(reads(root, 'b.age')).toEqual(['alice', 'web1']);
    expect(git(root, 'status', '--short')).toBe(' M b.age\n');
    terminal.press('F');
    await terminal.waitFor('not available: no listed file differs from its rules');
  });

  test('of a list that others have readers from, what that comes to is what is asked about', async () => {
    const root = await repositoryWithDrift(members);
    const terminal = await openMatrix(root, { columns: 80, rows: 24 });
    terminal.press('j', 'j', 'l', 'Space', 'p');
    const plan = (await terminal.waitFor(/revoke web2 c\.age\?/)).replace(/[\s│]+/g, ' ');
    expect(plan).toMatch(/c\.age 3 → 2 - web2/);
    terminal.press('Escape');
    await terminal.waitFor(/staged −1/);
    expect(git(root, 'status', '--short')).toBe('');
  });

  test.each(sizes)('a new host is pasted, named, reviewed and written at $columns×$rows', async (size) => {
    const root = await repositoryWithDrift(members);
    const web3 = member('web3', 'root@web3');
    const identity = path.join(demo.temporary, 'id-web3');
    writeFileSync(identity, web3.privateFile, { mode: 0o600 });
    const opens = (): boolean =>
      spawnSync('age', ['-d', '-i', identity, path.join(root, 'c.age')], { encoding: 'utf8' }).stdout ===
      value;
    expect(opens()).toBe(false);
    const terminal = await openMatrix(root, size);
    terminal.press('+');
    await terminal.waitFor('its public key');
    terminal.type(web3.publicLine);
    await terminal.waitFor(/SHA256:/);
    terminal.press('Enter');
    await terminal.waitFor('name web3');
    terminal.type(' in hosts');
    await terminal.waitFor('name web3 in hosts');
    terminal.press('Enter');
    const plan = await terminal.waitFor('reader add web3?');
    for (const line of plan.split('\n')) expect([...line].length).toBeLessThanOrEqual(size.columns);
    terminal.press('G');
    await terminal.waitFor(/c\.age +3 → 4 \+ web3/);
    expect(git(root, 'status', '--short')).toBe('');
    terminal.press('y');
    await terminal.waitFor(/reader add web3 · u takes it\s+back/);
    expect(opens()).toBe(true);
    const rules = readFileSync(path.join(root, 'secrets.nix'), 'utf8');
    expect(rules).toContain('hosts = [ web1 web2 web3 ];');
    terminal.press('u');
    await terminal.waitFor(/taken back/);
    expect(git(root, 'status', '--short')).toBe('');
    expect(opens()).toBe(false);
  });
});
