import type { IdentityStatus } from '../../core/identity-status.ts';
import { show } from '../../core/safe-text.ts';
import { followLine, withLines } from './list-lines.ts';
import { emptyFilter, type Model } from './model.ts';
import { close } from './opening.ts';
import { selectedLine } from './select.ts';
import { andThen, answered, info, type ModelStep, request, still, withEffect, withToast } from './step.ts';

/**
 * Forgets what was opened, the names of the keys included, and every running request that could bring some back. No
 * key file is read again before somebody opens a secret: what is known of the keys and what they open stays.
 */
export function lock(model: Model, now: number): ModelStep {
  const line = selectedLine(model);
  const { waiting } = model;
  const forgetful: Model = {
    ...withToast(model, info('locked: values and unlocked keys are forgotten', now)),
    isLocked: true,
    isUnlocking: false,
    // No key and no value is read for it.
    waiting: waiting.uses === undefined ? {} : { uses: waiting.uses },
    keyIndex: { kind: 'none' },
    filter: line?.key === undefined ? model.filter : emptyFilter,
  };
  return andThen(close(forgetful), (closed) => {
    const hits = closed.filter.hits?.filter(({ key }) => key === undefined) ?? null;
    const listed = followLine(withLines({ ...closed, filter: { ...closed.filter, hits } }), line);
    return withEffect(listed, { type: 'lock' }, { type: 'forget-index' });
  });
}

/**
 * What opening a secret told of the keys. After a lock it says which are in use again: an unprotected one is so
 * without anybody being asked.
 *
 * @param identities `null` when none were looked at
 */
export function withKeys(
  model: Model,
  isOpened: boolean,
  identities: readonly IdentityStatus[] | null,
  now: number,
): ModelStep {
  if (identities === null) return still(model);
  const known: Model = { ...model, identities, askedKey: null };
  if (!model.isLocked && hasNewlyOpen(model.identities, identities)) return indexAgain(known);
  const isUnlocked = isOpened || identities.some(({ lock }) => lock === 'open');
  if (!model.isLocked || !isUnlocked) return still(known);
  const note = unlockedText(identities, model.askedKey);
  const told = withToast({ ...known, isLocked: false, note }, info(note, now));
  return request(told, 'survey', (id) => ({ type: 'survey', request: id }));
}

/** Whether a passphrase was given since the keys were last looked at. */
function hasNewlyOpen(before: readonly IdentityStatus[] | null, now: readonly IdentityStatus[]): boolean {
  const closed = new Set(
    before?.filter(({ lock }) => lock === 'needs-passphrase').map(({ origin }) => origin),
  );
  return now.some(({ lock, origin }) => lock === 'open' && closed.has(origin));
}

/**
 * What was read of the names of keys leaves out those that the new key opens: at once where they are being looked
 * for, else with the next search.
 */
function indexAgain(model: Model): ModelStep {
  if (model.keyIndex.kind === 'none') return still(model);
  if (model.filter.query === '') {
    return withEffect({ ...answered(model, 'index'), keyIndex: { kind: 'none' } }, { type: 'forget-index' });
  }
  const reading: Model = { ...model, keyIndex: { kind: 'reading', done: 0, total: 0 } };
  return request(reading, 'index', (id) => ({ type: 'index-keys', request: id }));
}

/** Longer lists say less. */
const namedKeys = 2;

/** @param asked the key whose passphrase was given, as shown */
function unlockedText(identities: readonly IdentityStatus[], asked: string | null): string {
  const open = identities.filter(({ lock }) => lock === 'open').map(({ origin }) => show(origin));
  const origins = [...new Set(open)];
  if (origins.length === 0) return 'unlocked';
  if (origins.length > namedKeys) return `unlocked with ${origins.length} key files`;
  return `unlocked with ${origins.map((one) => (one === asked ? one : `${one} (no passphrase)`)).join(', ')}`;
}
