import { counted } from '../../core/counted.ts';
import type { AppError } from '../../core/outcome.ts';
import type { Repository } from '../../core/repository.ts';
import { show } from '../../core/safe-text.ts';
import { searchAgain, withHits } from './filtering.ts';
import { wantGitStates } from './git-told.ts';
import { followLine, moveTo, withLines } from './list-lines.ts';
import { withKeys } from './locking.ts';
import { withoutGone } from './marking.ts';
import type { Stamped } from './message.ts';
import { type ListLine, type Model, type RequestKind, restingView } from './model.ts';
import { afterUnfold, close, copy, reveal } from './opening.ts';
import { keyOfLine, selectedLine } from './select.ts';
import {
  andThen,
  answered,
  failure,
  info,
  isStale,
  type ModelStep,
  request,
  still,
  withEffect,
  withToast,
} from './step.ts';

/** An error in one line: where, what, and what to do about it. Everything of it may be untrusted. */
export function sayError({ says, hint, where }: AppError): string {
  const cause = where === undefined ? show(says) : `${show(where)}: ${show(says)}`;
  return hint === undefined ? cause : `${cause}; ${show(hint)}`;
}

type Reply<T extends Stamped['type']> = Extract<Stamped, { type: T }>;

/** The model with the request answered, or `null` when the reply is stale. */
export const take = (
  model: Model,
  kind: RequestKind,
  { request }: { readonly request: number },
): Model | null => (isStale(model, kind, request) ? null : answered(model, kind));

export function onOpened(model: Model, reply: Reply<'opened'>): ModelStep {
  const { outcome, identities, now } = reply;
  const current = take(model, 'open', reply);
  if (!current) {
    // Nobody waits for it any more; its bytes must not stay.
    return outcome.ok ? withEffect(model, { type: 'release', opened: outcome.value }) : still(model);
  }
  const view = current.view.kind === 'passphrase' ? restingView(current) : current.view;
  const toast = reply.purpose === 'return' ? current.toast : null;
  const keyed = withKeys({ ...current, toast, view, isUnlocking: false }, outcome.ok, identities, now);
  return andThen(keyed, (prompted) => onAnswered(prompted, reply));
}

function onAnswered(prompted: Model, { outcome, id, key, purpose, now }: Reply<'opened'>): ModelStep {
  if (!outcome.ok) {
    const cancelled = whyCancelled(outcome.error);
    const toast = cancelled
      ? info(cancelled, now)
      : failure([sayError(outcome.error), prompted.note].filter(Boolean).join('; '));
    return still(withToast(prompted, toast));
  }
  const opened = andThen(close(prompted), (closed) =>
    still({ ...closed, opened: outcome.value, readable: new Map(closed.readable).set(id, 'yes') }),
  );
  return andThen(opened, (next) => {
    const line = selectedLine(next);
    // The cursor went elsewhere while it was decrypted: it stays open, and nothing is shown.
    if (line?.id !== id) return still(next);
    if (purpose === 'reveal') return reveal(next, line, now);
    if (purpose === 'copy') return copy(next, line);
    if (purpose === 'return') return andThen(afterUnfold(next), (listed) => still(moveToKey(listed, key)));
    return key === undefined ? afterUnfold(next) : still({ ...next, pane: 'value' });
  });
}

/** What to say of a secret that stays closed because somebody wanted that; `null` for a failure. */
export function whyCancelled({ code }: AppError): string | null {
  if (code === 'needs-prompt') return 'not opened: no passphrase was given';
  return code === 'stopped' ? 'not opened: stopped' : null;
}

/** To the line of a key of the unfolded secret, as shown; nowhere when there is none. */
function moveToKey(model: Model, key: string | undefined): Model {
  const at = model.lines.findIndex((line) => line.entry !== undefined && keyOfLine(model, line) === key);
  return at < 0 ? model : moveTo(model, at);
}

export function onCopied(model: Model, reply: Reply<'copied'>): ModelStep {
  const { outcome, now } = reply;
  const current = take(model, 'copy', reply);
  if (!current) return still(model);
  const note = current.note === null ? '' : `${current.note}; `;
  const { copying } = current;
  if (!outcome.ok) {
    return still(withToast(current, failure(`${note}${copying} not copied: ${sayError(outcome.error)}`)));
  }
  const { says, clearsAfterSeconds } = outcome.value;
  const clipboardClearsAt = clearsAfterSeconds === null ? null : now + clearsAfterSeconds * 1000;
  return still(withToast({ ...current, clipboardClearsAt }, info(`${note}${copying} ${show(says)}`, now)));
}

export function onFound(model: Model, reply: Reply<'found'>): ModelStep {
  const current = take(model, 'search', reply);
  if (!current) return still(model);
  if (reply.purpose === 'palette') {
    const { view } = current;
    return still(view.kind === 'palette' ? { ...current, view: { ...view, hits: reply.hits } } : current);
  }
  return still(withHits(current, reply.hits, reply.hasMore));
}

export function onIndexed(model: Model, reply: Reply<'indexed'>): ModelStep {
  const current = take(model, 'index', reply);
  if (!current) return still(model);
  const indexed: Model = { ...current, keyIndex: { kind: 'ready', skipped: reply.skipped } };
  return searchAgain(indexed);
}

export function onChanged(model: Model, reply: Reply<'changed'>): ModelStep {
  const current = take(model, 'change', reply);
  if (!current) return still(model);
  const { outcome, id } = reply;
  const change = outcome.ok ? (outcome.value ?? 'none') : 'unknown';
  return still({ ...current, lastChanges: new Map(current.lastChanges).set(id, change) });
}

export function onReloaded(model: Model, reply: Reply<'reloaded'>): ModelStep {
  const { outcome, now } = reply;
  const current = take(model, 'reload', reply);
  if (!current) return still(model);
  if (!outcome.ok) return still(withToast(current, failure(sayError(outcome.error))));
  return andThen(withRepository(current, outcome.value), (next) => {
    const gone = current.marks.ids.size - next.marks.ids.size;
    const lost =
      gone === 0 ? '' : `; ${gone} of the selected ${gone === 1 ? 'is' : 'are'} not there any more`;
    const says = `read again: ${counted(outcome.value.secrets.length, 'secret')}${lost}`;
    return still(withToast(next, info(says, now)));
  });
}

/** Where the cursor stays: on its line, else on the next that is still there, else on the one before. */
function stayingLine({ lines, cursor }: Model, { secrets }: Repository): ListLine | undefined {
  const there = new Set(secrets.map(({ id }) => id));
  const isThere = ({ id }: ListLine): boolean => there.has(id);
  return lines.slice(cursor).find(isThere) ?? lines.slice(0, cursor).findLast(isThere);
}

/** Another reading of the repository takes the place of the one before. */
export function withRepository(model: Model, repository: Repository): ModelStep {
  return andThen(close(model), (closed) => {
    const line = stayingLine(closed, repository);
    const fresh: Model = {
      ...answered(closed, 'uses'),
      repository,
      readable: new Map(),
      surveyed: 0,
      lastChanges: new Map(),
      gitStates: null,
      uses: null,
      former: null,
      keyIndex: { kind: 'none' },
      filter: { ...closed.filter, hits: null },
    };
    const all = withLines(fresh);
    // What was taken away leaves the cursor where it was.
    const isThere = all.lines.some(({ id }) => id === line?.id);
    const placed = isThere ? followLine(all, line) : moveTo({ ...all, cursor: -1 }, closed.cursor);
    const listed = withoutGone(placed);
    return andThen(withEffect(listed, { type: 'forget-index' }), (next) =>
      andThen(andThen(searchAgain(next), wantGitStates), (searching) =>
        // Locked, nobody asked for a key file to be read.
        searching.isLocked
          ? still(searching)
          : request(searching, 'survey', (id) => ({ type: 'survey', request: id })),
      ),
    );
  });
}
