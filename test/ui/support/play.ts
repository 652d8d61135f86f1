import type { OpenedSecret, SecretRef } from '../../../src/app/session.ts';
import type { IdentityStatus } from '../../../src/core/identity-status.ts';
import { ok } from '../../../src/core/outcome.ts';
import type { Effect } from '../../../src/ui/state/effect.ts';
import { initialModel } from '../../../src/ui/state/initial-model.ts';
import type { Message } from '../../../src/ui/state/message.ts';
import type { Model } from '../../../src/ui/state/model.ts';
import { update } from '../../../src/ui/state/update.ts';
import { fakeRepository, secretId } from './fake-session.ts';
import { sample } from './sample.ts';

export const noon = 1_800_000_000_000;

/** Plays messages one after the other; a string is keys in the notation of the table, separated by spaces. */
export function play(
  model: Model,
  ...events: readonly (string | Message)[]
): { model: Model; effects: Effect[] } {
  const effects: Effect[] = [];
  let current = model;
  for (const event of events) {
    const messages: Message[] =
      typeof event === 'string'
        ? event.split(' ').map((name) => ({
            type: 'key',
            key: [...name].length === 1 ? { name, text: name } : { name },
          }))
        : [event];
    for (const message of messages) {
      const [next, more] = update(current, { ...message, now: noon });
      current = next;
      effects.push(...more);
    }
  }
  return { model: current, effects };
}

export const fresh = (size = { columns: 80, rows: 24 }): Model =>
  initialModel(fakeRepository(sample), size, noon);
export const types = (effects: readonly Effect[]): string[] => effects.map(({ type }) => type);
export const ref = (text: string): SecretRef => text as SecretRef;
export const first = secretId('hosts/db1/postgres.age');

export const openedFirst: OpenedSecret = {
  id: first,
  file: '0'.repeat(64),
  ref: ref('whole'),
  size: 60,
  kind: 'dotenv',
  entries: [
    { path: ['user'], ref: ref('user'), size: 3 },
    { path: ['password'], ref: ref('password'), size: 30 },
  ],
  finalNewline: true,
  lines: 3,
};

/** Answers the open request that the last keys made. */
export function answerOpen(
  effects: readonly Effect[],
  opened: OpenedSecret = openedFirst,
  identities: readonly IdentityStatus[] | null = null,
): Message {
  const effect = effects.find(({ type }) => type === 'open');
  if (effect?.type !== 'open') throw new Error('nothing was opened');
  const { request, id, purpose, key } = effect;
  return {
    type: 'opened',
    request,
    id,
    purpose,
    outcome: ok(opened),
    identities,
    ...(key !== undefined && { key }),
  };
}

export function openedModel(): Model {
  const { model, effects } = play(fresh(), 'enter');
  return play(model, answerOpen(effects)).model;
}
