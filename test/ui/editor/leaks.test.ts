import { describe, expect, test } from 'vitest';
import { createDraft } from '../../../src/ui/editor/draft.ts';
import { TextBuffer } from '../../../src/ui/editor/text-buffer.ts';
import { TextHistory } from '../../../src/ui/editor/text-history.ts';
import { TextStorage } from '../../../src/ui/editor/text-storage.ts';
import { createEffects, type EffectPorts } from '../../../src/ui/state/effects.ts';
import { initialModel } from '../../../src/ui/state/initial-model.ts';
import type { Model } from '../../../src/ui/state/model.ts';
import { createPassphraseLine } from '../../../src/ui/state/passphrase-line.ts';
import { createRuntime } from '../../../src/ui/state/runtime.ts';
import { update } from '../../../src/ui/state/update.ts';
import { driveSession, keys } from '../support/drive.ts';
import { house } from './support/house.ts';

const canary = 'CANARY-correct-horse-battery';
const typed = 'TYPED-staple';
/** Half a password is a leak too. */
const leaks = (text: string): boolean => /CANARY|horse-battery|TYPED|staple/.test(text);

describe('a text that is edited', () => {
  const ways: readonly (readonly [string, readonly string[], string])[] = [
    ['it was dropped', [keys.esc, 'y'], 'the edit was dropped'],
    ['it was saved', [keys.ctrl('s')], 'saved a.age'],
    ['a question is asked', [keys.esc], 'leave without saving?'],
    ['the window lost the focus', [keys.blur], 'a key shows it again'],
    ['the job was stopped', [keys.ctrl('z')], 'a key shows it again'],
    ['the program ends', [keys.ctrl('c'), 'y'], ''],
  ];
  test.each(ways)('is in no frame once %s', async (_, pressed, seen) => {
    const { session } = await house({ 'a.age': canary });
    const ui = await driveSession(session, { stopJob: () => undefined });
    await ui.press('e', keys.end, ...typed);
    // The control: while it is edited it is on the screen.
    await ui.see(canary + typed);
    const before = ui.terminal.written().length;
    await ui.press(...pressed);
    if (seen !== '') await ui.see(seen);
    expect(leaks(await ui.text())).toBe(false);
    expect(leaks(ui.terminal.written().slice(before))).toBe(false);
    if (seen === 'a key shows it again') {
      // Nothing of it was lost, and the key that showed it did nothing else.
      await ui.press('z');
      await ui.see(new RegExp(`${canary}${typed} +│`));
    }
    ui.terminal.stdin.write(`${keys.ctrl('c')}y`);
    await ui.status;
  });

  test('is hidden when nobody presses a key for half a minute', async () => {
    const { session } = await house({ 'a.age': canary });
    const start = initialModel(session.repository(), { columns: 80, rows: 24 }, 0);
    const draft = createDraft(String);
    const status = draft.open(Buffer.from(canary), { width: 78, height: 10 });
    const rest = { key: null, kind: 'text', base: null, isHidden: false, hideAt: 30_000 } as const;
    const id = session.repository().secrets[0]?.id;
    if (!id) throw new Error('there is a secret');
    const editor = { ...rest, id, status, isSaving: false, mayBeEmpty: false };
    const editing: Model = { ...start, editor, view: { kind: 'editor' } };
    const hidden = (now: number) => update(editing, { type: 'tick', now })[0].editor?.isHidden;
    expect(hidden(29_999)).toBe(false);
    expect(hidden(30_000)).toBe(true);
    draft.close();
  });

  test('is in no model, message or effect', async () => {
    const { session, value } = await house({ 'a.age': canary });
    const seen: string[] = [];
    const note = (one: unknown): void => {
      seen.push(JSON.stringify(one, (_, part: unknown) => (part instanceof Map ? [...part] : part)));
    };
    const draft = createDraft(String);
    const passphrase = createPassphraseLine(() => undefined);
    const ports: EffectPorts = {
      copy: async () => ({ ok: false, error: { code: 'io', says: 'none' } }) as const,
      clearClipboard: async () => undefined,
      env: {},
      lendTerminal: (use) => use(),
      stopJob: () => undefined,
      sayOutside: () => undefined,
      redraw: () => undefined,
      quit: () => undefined,
    };
    const crash = (error: unknown): never => {
      throw error;
    };
    const effects = createEffects(
      session,
      passphrase,
      draft,
      ports,
      (message) => {
        note(message);
        runtime.post(message);
      },
      crash,
    );
    const runtime = createRuntime(initialModel(session.repository(), { columns: 80, rows: 24 }, 0), {
      now: () => 0,
      run: (effect) => {
        note(effect);
        effects.run(effect);
      },
      passphrase,
      draft,
    });
    runtime.subscribe(() => note(runtime.model()));
    const until = async (isSo: () => boolean): Promise<void> => {
      while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const press = (name: string): void =>
      runtime.press([name.length === 1 ? { name, text: name } : { name }]);

    press('e');
    await until(() => runtime.model().view.kind === 'editor');
    press('end');
    runtime.press([...typed].map((letter) => ({ name: letter, text: letter })));
    runtime.paste('\nCANARY pasted');
    for (const name of ['ctrl-x', 'ctrl-y', 'ctrl-y', 'ctrl-u', 'ctrl-r', 'ctrl-w', 'up', 'ctrl-d'])
      press(name);
    // The control: it is there, in the draft alone.
    const text = Buffer.from(draft.take()).toString();
    expect(leaks(text)).toBe(true);
    press('ctrl-s');
    await until(() => runtime.model().view.kind === 'browser');
    runtime.stop();
    effects.stop();
    expect(await value('a.age')).toBe(text);
    expect(seen.join('\n')).toContain('"isChanged":true');
    expect(leaks(seen.join('\n'))).toBe(false);
    expect(draft.isOpen()).toBe(false);
  });

  test('is overwritten wherever it was, when it is left', () => {
    const buffer = new TextBuffer(Buffer.from(canary));
    const view = buffer.view();
    expect(leaks(Buffer.from(view).toString())).toBe(true);
    buffer.wipe();
    expect(view.every((byte) => byte === 0)).toBe(true);

    const storage = new TextStorage();
    storage.replace(0, 0, Buffer.from(canary));
    const small = storage.view();
    storage.replace(0, 0, Buffer.alloc(100_000, 'x'));
    expect(small.every((byte) => byte === 0)).toBe(true);
    const large = storage.view();
    storage.replace(10, 100_000, new Uint8Array());
    expect(large.subarray(10 + canary.length).every((byte) => byte === 0)).toBe(true);

    const history = new TextHistory();
    const [removed, inserted] = [Buffer.from(canary), Buffer.from(typed)];
    history.add({ from: 0, to: removed.length, inserted, cursor: inserted.length }, removed, 0, false);
    history.wipe();
    expect([...removed, ...inserted].every((byte) => byte === 0)).toBe(true);
  });
});
