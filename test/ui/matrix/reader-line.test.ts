import { describe, expect, test } from 'vitest';
import { parseRecipient } from '../../../src/crypto/parse-recipient.ts';
import { namingLines } from '../../../src/ui/parts/naming-lines.ts';
import { initialModel } from '../../../src/ui/state/initial-model.ts';
import type { Model } from '../../../src/ui/state/model.ts';
import { freshKey } from '../../nix/readers/layouts.ts';
import { fakeRepository } from '../support/fake-session.ts';
import { matrixSample } from '../support/matrix-sample.ts';
import { noon, play } from '../support/play.ts';

const start = (): Model =>
  play(initialModel(fakeRepository(matrixSample), { columns: 80, rows: 24 }, noon), 'm').model;
const key = freshKey('root@web9');
const pasted = (text: string) => ({ type: 'pasted', text }) as const;
const typed = pasted;

const saidIn = ({ naming, ...model }: Model): string =>
  naming === null ? '' : namingLines({ ...model, naming }, naming).join('\n');

describe('the line for a reader', () => {
  test('takes a key, shows its fingerprint, proposes the name of the host, and asks what it comes to', () => {
    const given = play(
      start(),
      '+',
      pasted(`# web9:22 SSH-2.0\nweb9 ${key.split(' ').slice(0, 2).join(' ')}\n`),
    );
    expect(given.model.naming?.field.text).toBe(key.split(' ').slice(0, 2).join(' '));
    expect(saidIn(given.model)).toMatch(/ssh-ed25519 SHA256:\S{43}/);
    const named = play(start(), '+', pasted(key), 'enter').model;
    expect(named.naming?.field.text).toBe('web9');
    const { model, effects } = play(named, typed(' in hosts'), 'enter');
    expect(effects).toMatchObject([
      {
        type: 'change-readers',
        agreed: 'none',
        wish: {
          kind: 'reader',
          request: { kind: 'add', name: 'web9', group: 'hosts', key: { text: key }, secrets: [] },
        },
      },
    ]);
    expect(play(model, 'enter').effects).toEqual([]);
  });

  test.each([
    ['+', 'AGE-SECRET-KEY-1GFPYYSJZ', 'a private key stands where a public key belongs'],
    ['+', 'ask web9', 'not an age or ssh public key'],
    ['K', 'ecdsa-sha2-nistp256 AAAA web9', 'age cannot encrypt to ecdsa-sha2-nistp256'],
    ['r', '', 'it is called that already'],
  ])('%s says why %j is nothing, and does nothing', (pressed, text, why) => {
    const { model, effects } = play(start(), pressed, typed(text), 'enter');
    expect(saidIn(model)).toContain(why);
    expect(effects).toEqual([]);
    expect(play(model, 'esc').model).toMatchObject({ naming: null, view: { kind: 'matrix' } });
  });

  test('a key that is there is said to be', () => {
    const before = start();
    const { id, kind } = parseRecipient(key);
    const repository = {
      ...before.repository,
      recipients: new Map([...before.repository.recipients, [id, { id, kind, names: [] }] as const]),
      readers: [...before.repository.readers, { name: 'old', kind: 'host', recipients: [id] } as const],
    };
    const { model } = play({ ...before, repository }, '+', pasted(key));
    expect(saidIn(model)).toContain('! the repository has this key already, as old');
    expect(saidIn(play(before, '+', pasted(key)).model)).not.toContain('!');
  });

  test.each([
    ['X', { kind: 'remove', name: 'db1' }],
    ['r', { kind: 'rename', name: 'db1', to: 'db1x' }],
    ['K', { kind: 'replace', name: 'db1', key: { text: key } }],
  ])('%s is about the reader under the cursor', (pressed, request) => {
    const first = play(start(), pressed);
    const done = pressed === 'X' ? first : play(first.model, typed(pressed === 'r' ? 'x' : key), 'enter');
    expect(done.effects).toMatchObject([{ type: 'change-readers', wish: { kind: 'reader', request } }]);
  });

  test('readers without a name are not changed as a whole', () => {
    const { model, effects } = play(start(), '$ X');
    expect(effects).toEqual([]);
    expect(model.toast?.text).toContain('the rules have no name for it');
  });
});
