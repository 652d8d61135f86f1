import { expect, test } from 'vitest';
import type { CommitPlan } from '../../src/core/commit-plan.ts';
import { fail, ok } from '../../src/core/outcome.ts';
import { type Driven, drive, keys } from './support/drive.ts';
import { sample } from './support/sample.ts';

const plan: CommitPlan = {
  branch: 'main',
  files: [
    { path: 'secrets.nix', did: 'changed', what: 'rules', isMixed: true },
    { path: 'secrets/db\u001b[2J.age', did: 'added', what: 'ciphertext', isMixed: false },
    { path: 'secrets/old.age', did: 'deleted', what: 'nothing', isMixed: false },
  ],
  leftOut: [{ path: 'secrets/other.age', says: 'something else changed it since keyhole wrote it' }],
  staged: ['flake.nix'],
  hooks: ['pre-commit'],
  settings: [],
  message: 'secrets: change db, old',
};

const open = (more: Partial<Parameters<typeof drive>[0]> = {}): Promise<Driven> =>
  drive({ ...sample, columns: 100, rows: 30, commit: ok(plan), ...more });
const committed = (ui: Driven): readonly string[] =>
  ui.session.calls.filter((call) => call.startsWith('commit'));

test('c shows what would be committed and what runs, and Enter commits nothing', async () => {
  const ui = await open();
  await ui.press('c');
  await ui.see('commit 3 files on main?');
  const screen = await ui.text();
  for (const text of [
    'message: secrets: change db, old',
    'changes secrets.nix, rules',
    'adds secrets/db^[[2J.age, ciphertext',
    'deletes secrets/old.age',
    '! secrets.nix: holds changes that keyhole did not make, too',
    '! secrets/other.age: left out: something else changed it since keyhole wrote it',
    '! hooks run, with your rights: pre-commit',
    '1 other file staged, and left so',
  ])
    expect(screen).toContain(text);
  await ui.press(keys.enter);
  expect(committed(ui)).toEqual([]);
  await ui.press(keys.esc);
  await ui.see(/▌/);
  expect(committed(ui)).toEqual([]);
  await ui.quit();
});

test('y commits with the message, which m changes; the one given up is kept as it was', async () => {
  const ui = await open();
  await ui.press('c');
  await ui.see('commit 3 files');
  await ui.press('m');
  await ui.press(' nonsense');
  await ui.see('change db, old nonsense');
  await ui.press(keys.esc);
  await ui.see('message: secrets: change db, old');
  expect(await ui.text()).not.toContain('nonsense');
  await ui.press('m');
  await ui.press(keys.ctrl('u'), 'yes, rotate');
  await ui.press(keys.enter);
  await ui.see('message: yes, rotate');
  expect(committed(ui)).toEqual([]);
  await ui.press('y');
  await ui.see('committed c0ffee yes, rotate');
  expect(committed(ui)).toEqual(['commit yes, rotate']);
  await ui.quit();
});

test('an empty message is refused', async () => {
  const ui = await open();
  await ui.press('c');
  await ui.see('commit 3 files');
  await ui.press('m');
  await ui.press(keys.ctrl('u'), keys.enter);
  await ui.see('a commit needs a message');
  expect(committed(ui)).toEqual([]);
  await ui.quit();
});

test('a hook that refuses is quoted, and the message that was typed is still there', async () => {
  const refused = fail('refused', 'git did not commit: not on a \u001b[31mFriday');
  const ui = await open({ committed: refused });
  await ui.press('c');
  await ui.see('commit 3 files');
  await ui.press('m');
  await ui.press(' today', keys.enter);
  await ui.press('y');
  await ui.see('git did not commit: not on a ^[[31mFriday');
  await ui.see('message: secrets: change db, old today');
  await ui.quit();
});

test('what there is to commit may be another thing by then: it is shown again', async () => {
  const now = { ...plan, files: plan.files.slice(1) };
  const ui = await open({ committed: ok({ did: 'ask', plan: now }) });
  await ui.press('c');
  await ui.see('commit 3 files');
  await ui.press('y');
  await ui.see('commit 2 files');
  await ui.see('changed meanwhile');
  await ui.quit();
});

test('nothing to commit is said, with what was left out or is not ours', async () => {
  const nothing = { ...plan, files: [], leftOut: [] };
  const ui = await open({
    commit: ok(nothing),
    gitStates: { 'x.age': { tree: 'modified', isStaged: false } },
  });
  await ui.see('main +1');
  await ui.press('c');
  await ui.see('differs from the last commit; 1 file changed by something else');
  await ui.quit();
  const left = await open({ commit: ok({ ...plan, files: [] }) });
  await left.press('c');
  await left.see('nothing to commit: secrets/other.age: left out');
  await left.quit();
});

test('in 40 columns all of it can be read', async () => {
  const ui = await open({ columns: 40, rows: 20 });
  await ui.press('c');
  await ui.see('commit 3 files');
  for (const line of await ui.screen()) expect([...line].length).toBeLessThanOrEqual(40);
  for (let at = 0; at < 12; at += 1) await ui.press('j');
  await ui.see('y commits.');
  await ui.press('m');
  await ui.press(' and a message that is a good deal longer than the line');
  await ui.see(/message .*longer than the line/);
  await ui.quit();
});
