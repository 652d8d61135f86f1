import { describe, expect, test } from 'vitest';
import { createDraft } from '../../src/ui/editor/draft.ts';
import { createEffects, type EffectPorts } from '../../src/ui/state/effects.ts';
import { initialModel } from '../../src/ui/state/initial-model.ts';
import { createPassphraseLine } from '../../src/ui/state/passphrase-line.ts';
import { createRuntime, type Runtime } from '../../src/ui/state/runtime.ts';
import { drive, keys } from './support/drive.ts';
import { createFakeSession } from './support/fake-session.ts';
import { canary, sample } from './support/sample.ts';

/** A model as text: maps as lists, so that nothing hides in them. */
const serialise = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) => (one instanceof Map || one instanceof Set ? [...one] : one));

/** Parts of the canary count as the canary: half a password is a leak. */
const holdsCanary = (text: string): boolean => text.includes('CANARY') || text.includes('horse-battery');

describe('a masked value', () => {
  test('is in no frame: opened, unfolded, searched, copied, or masked again', async () => {
    const ui = await drive(sample);
    await ui.press(keys.enter, 'jjk', 'h');
    await ui.press('/', 'password', keys.enter, keys.esc);
    await ui.press('?', keys.esc, ':', 'post', keys.esc, 'i', '!', keys.esc);
    expect(holdsCanary(ui.terminal.written())).toBe(false);

    // The control: the same search finds it once it is revealed.
    await ui.press('x');
    expect(holdsCanary(ui.terminal.written())).toBe(true);
    expect(holdsCanary(await ui.text())).toBe(true);

    await ui.press('x');
    const masked = ui.terminal.written().length;
    expect(holdsCanary(await ui.text())).toBe(false);
    await ui.press('j', 'k', '?', keys.esc);
    ui.terminal.resize(100, 30);
    await ui.settle();
    expect(holdsCanary(ui.terminal.written().slice(masked))).toBe(false);
    await ui.quit();
    expect(ui.session.held()).toBe(0);
  });

  test.each([
    ['the window loses the focus', keys.blur],
    ['the session is locked', 'L'],
    ['the repository is read again', 'R'],
  ])('is masked when %s', async (_, key) => {
    const ui = await drive(sample);
    await ui.press('x');
    expect(holdsCanary(await ui.text())).toBe(true);
    await ui.press(key);
    expect(holdsCanary(await ui.text())).toBe(false);
    await ui.quit();
  });

  test('is masked before the program ends', async () => {
    const ui = await drive(sample);
    await ui.press('x');
    const before = ui.terminal.written().length;
    expect(await ui.quit()).toBe(0);
    expect(holdsCanary(ui.terminal.written().slice(before))).toBe(false);
  });
});

describe('the model', () => {
  function createProgram(): { runtime: Runtime; models: () => string } {
    const session = createFakeSession(sample);
    const seen: string[] = [];
    const draft = createDraft(String);
    const passphrase = createPassphraseLine((origin, attempt) =>
      runtime.post({ type: 'passphrase-asked', origin, attempt }),
    );
    const effects = createEffects(
      session,
      passphrase,
      draft,
      {
        copy: async () => ({
          ok: true,
          value: { route: 'osc52', certainty: 'sent', clearsAfterSeconds: 45, says: 'sent to your terminal' },
        }),
        clearClipboard: async () => undefined,
        env: {},
        lendTerminal: (use) => use(),
        stopJob: () => undefined,
        sayOutside: () => undefined,
        redraw: () => undefined,
        quit: () => undefined,
      },
      (message) => {
        seen.push(serialise(message));
        runtime.post(message);
      },
      (error) => {
        throw error;
      },
    );
    const runtime = createRuntime(initialModel(session.repository(), { columns: 120, rows: 40 }, 0), {
      now: () => 0,
      run: (effect) => {
        seen.push(serialise(effect));
        effects.run(effect);
      },
      passphrase,
      draft,
    });
    runtime.subscribe(() => seen.push(serialise(runtime.model())));
    return { runtime, models: () => seen.join('\n') };
  }

  const press = async (runtime: Runtime, ...names: readonly string[]): Promise<void> => {
    for (const name of names) {
      runtime.press([name.length === 1 ? { name, text: name } : { name }]);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };

  test('holds no value while one is revealed, scrolled, copied and found, nor does a message or effect', async () => {
    const { runtime, models } = createProgram();
    runtime.start();
    await press(
      runtime,
      'x',
      'tab',
      'j',
      'esc',
      'esc',
      'enter',
      'j',
      'j',
      'x',
      'y',
      'Y',
      '/',
      'p',
      'a',
      'enter',
    );
    await press(runtime, 'G', 'x', 'esc');
    runtime.stop();
    expect(models()).toContain('"revealed":{"ref"');
    expect(models()).toContain('sent to your terminal');
    expect(holdsCanary(models())).toBe(false);
    expect(models()).not.toContain(canary);
    expect(models()).not.toContain(Buffer.from(canary).toString('base64').slice(0, 20));
  });

  test('holds nothing of a passphrase but that there is one', async () => {
    const session = createFakeSession({
      secrets: [{ id: 'locked.age', value: 'v', asksPassphrase: 'PASSPHRASE-xyzzy' }],
    });
    const seen: string[] = [];
    const draft = createDraft(String);
    const passphrase = createPassphraseLine((origin, attempt) =>
      runtime.post({ type: 'passphrase-asked', origin, attempt }),
    );
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
    const effects = createEffects(
      session,
      passphrase,
      draft,
      ports,
      (message) => runtime.post(message),
      () => undefined,
    );
    const runtime = createRuntime(initialModel(session.repository(), { columns: 80, rows: 24 }, 0), {
      now: () => 0,
      run: effects.run,
      passphrase,
      draft,
    });
    runtime.subscribe(() => seen.push(serialise(runtime.model())));
    await press(runtime, 'x', ...'PASSPHRASE-xyz');
    runtime.paste('zy');
    expect(runtime.model().view).toMatchObject({ kind: 'passphrase', isFilled: true });
    await press(runtime, 'enter', 'j');
    expect(runtime.model().opened?.id).toBe('locked.age');
    expect(seen.join('\n')).not.toMatch(/PASS|xyz/);
  });
});
