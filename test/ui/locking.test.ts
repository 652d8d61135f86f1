import { describe, expect, test } from 'vitest';
import type { IdentityStatus } from '../../src/core/identity-status.ts';
import { fail, ok } from '../../src/core/outcome.ts';
import type { Message } from '../../src/ui/state/message.ts';
import type { Model } from '../../src/ui/state/model.ts';
import { drive, keys } from './support/drive.ts';
import { answerOpen, first, fresh, noon, openedModel, play, types } from './support/play.ts';
import { sample } from './support/sample.ts';

const plain: IdentityStatus = { origin: '~/.ssh/id_ed25519', kind: 'ssh-ed25519', lock: 'open' };
const asking: IdentityStatus = { origin: '~/.ssh/id_rsa', kind: 'ssh-rsa', lock: 'needs-passphrase' };

describe('locking', () => {
  test('releases and locks, forgets the names of keys, and reads no key file again', () => {
    const { model, effects } = play(openedModel(), 'L');
    expect(types(effects)).toEqual(['release', 'lock', 'forget-index']);
    expect(model.opened).toBeNull();
    expect(model.keyIndex).toEqual({ kind: 'none' });
    expect(model.lines.length).toBe(7);
    expect(model.isLocked).toBe(true);
  });

  test('a secret that arrives after the lock is released', () => {
    const asked = play(fresh(), 'x');
    const locked = play(asked.model, 'L');
    const { effects, model } = play(locked.model, answerOpen(asked.effects));
    expect(types(effects)).toEqual(['release']);
    expect(model.opened).toBeNull();
  });

  test('nothing that would use a key runs until a secret is opened', () => {
    const locked = play(fresh(), 'L').model;
    expect(types(play(locked, '/').effects)).toEqual([]);
    expect(types(play(locked, '/ a').effects)).toEqual(['search']);
    const reload = play(locked, 'R');
    const { repository } = locked;
    const answer: Message = {
      type: 'reloaded',
      request: reload.model.waiting.reload ?? 0,
      outcome: ok(repository),
    };
    expect(types(play(reload.model, answer).effects)).not.toContain('survey');
  });
});

describe('a passphrase that is given', () => {
  const index = { kind: 'ready', skipped: 8 } as const;

  /** The names of keys were read while `asking` was closed; then the first secret is opened. */
  function give(query: string, after: readonly IdentityStatus[]) {
    const before: Model = {
      ...fresh(),
      identities: [plain, asking],
      keyIndex: index,
      filter: { ...fresh().filter, query },
    };
    const asked = play(before, 'x');
    return play(asked.model, answerOpen(asked.effects, undefined, after));
  }

  test('makes the next search read the names of keys again', () => {
    const { model, effects } = give('', [plain, { ...asking, lock: 'open' }]);
    expect(types(effects)).toContain('forget-index');
    expect(model.keyIndex).toEqual({ kind: 'none' });
    expect(types(play(model, '/').effects)).toContain('index-keys');
  });

  test('makes the search that is shown read them at once', () => {
    const { model, effects } = give('a', [plain, { ...asking, lock: 'open' }]);
    expect(types(effects)).toContain('index-keys');
    expect(model.keyIndex.kind).toBe('reading');
  });

  test('or else keeps them', () => {
    const { model, effects } = give('', [plain, asking]);
    expect(types(effects)).not.toContain('forget-index');
    expect(model.keyIndex).toEqual(index);
    expect(types(play(model, '/').effects)).not.toContain('index-keys');
  });
});

test('a key that does nothing does not keep a value on the screen for longer', () => {
  const { model } = play(openedModel(), 'x');
  const revealed = model.revealed && { ...model.revealed, maskAt: noon };
  const before: Model = { ...model, revealed };
  expect(play(before, 'Q').model.revealed?.maskAt).toBe(noon);
  expect(play(before, 'tab').model.revealed?.maskAt).toBeGreaterThan(noon);
});

describe('opening after a lock', () => {
  /** Opens the first secret after a lock, with these keys found. */
  function unlock(key: string, identities: readonly IdentityStatus[], asked?: string) {
    const locked = play(fresh(), 'L', key);
    const question: Message[] =
      asked === undefined ? [] : [{ type: 'passphrase-asked', origin: asked, attempt: 1 }];
    return play(locked.model, ...question, answerOpen(locked.effects, undefined, identities));
  }

  test('says that a key without a passphrase is in use again, and looks what the keys open', () => {
    const { model, effects } = unlock('x', [plain, asking]);
    expect(model.toast?.text).toBe('unlocked with ~/.ssh/id_ed25519 (no passphrase)');
    expect([model.isLocked, model.identities]).toEqual([false, [plain, asking]]);
    expect(types(effects)).toContain('survey');
  });

  test('does not call a key unprotected whose passphrase was given', () => {
    const { model } = unlock('x', [{ ...asking, lock: 'open' }], '~/.ssh/id_rsa');
    expect(model.toast?.text).toBe('unlocked with ~/.ssh/id_rsa');
  });

  test('the message of a copy says both', () => {
    const { model } = unlock('y', [plain]);
    const report = {
      route: 'tmux',
      certainty: 'sent',
      clearsAfterSeconds: 45,
      says: 'sent to your terminal',
    } as const;
    const copied = (at: Model): string | undefined =>
      play(at, { type: 'copied', request: at.waiting.copy ?? 0, outcome: ok(report) }).model.toast?.text;
    expect(copied(model)).toBe(
      `unlocked with ~/.ssh/id_ed25519 (no passphrase); postgres.age sent to your terminal`,
    );
    const [again] = [play(model, 'y').model];
    expect(copied(again)).toBe(`postgres.age sent to your terminal`);
  });

  test('that fails still says which keys were read, and stays locked where none was', () => {
    const locked = play(fresh(), 'L', 'x');
    const failed = (identities: readonly IdentityStatus[]): Model =>
      play(locked.model, {
        type: 'opened',
        request: locked.model.waiting.open ?? 0,
        id: first,
        purpose: 'reveal',
        outcome: fail('no-key', 'none of the keys found opens it'),
        identities,
      }).model;
    expect(failed([asking]).isLocked).toBe(true);
    expect(failed([plain]).isLocked).toBe(false);
    expect(failed([plain]).toast?.text).toBe(
      'none of the keys found opens it; unlocked with ~/.ssh/id_ed25519 (no passphrase)',
    );
  });
});

describe('on the screen', () => {
  test('locked is shown, a search reads names only, and unlocking is said', async () => {
    const ui = await drive(sample);
    await ui.see(/1 key$/m);
    await ui.press('L');
    await ui.see(/ locked$/m);
    await ui.press('/');
    await ui.see('locked: names only');
    await ui.press('passwo');
    await ui.see('No secrets match');
    await ui.see(/locked: names only {2}0 of 7/);
    expect(ui.session.calls.filter((call) => call !== 'lock')).toEqual([]);
    await ui.press(keys.esc, 'i');
    await ui.see(/locked {4}~\/\.ssh\/id_ed25519/);
    await ui.press(keys.esc, 'x');
    await ui.see('unlocked with ~/.ssh/id_ed25519 (no passphrase)');
    await ui.see(/1 key$/m);
    await ui.press('x', '/', 'passwo');
    await ui.see(/#password/);
    await ui.quit();
  });

  test('keys that all want a passphrase are locked from the start, until one is given', async () => {
    const ui = await drive({ ...sample, identities: [asking] });
    await ui.see(/1 key, locked$/m);
    await ui.quit();
  });
});
