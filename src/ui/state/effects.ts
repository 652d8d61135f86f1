import type { CopyReport } from '../../app/clipboard/copy.ts';
import type { LendTerminal } from '../../app/editor/lend-terminal.ts';
import type { Session } from '../../app/session.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Readable, SecretId } from '../../core/secret.ts';
import type { Draft } from '../editor/draft.ts';
import { measureValue } from '../value/value-rows.ts';
import { createCommitEffects } from './commit-effects.ts';
import { createCreatingEffects } from './creating-effects.ts';
import { createDoubtLine } from './doubt-line.ts';
import { createEditingEffects } from './editing-effects.ts';
import type { Effect } from './effect.ts';
import { createFinder } from './finder.ts';
import type { Message } from './message.ts';
import type { RequestKind } from './model.ts';
import { nowAndThen } from './now-and-then.ts';
import type { PassphraseLine } from './passphrase-line.ts';

/** What the effects need beside the session. */
export interface EffectPorts {
  readonly copy: (bytes: Uint8Array) => Promise<Outcome<CopyReport>>;
  /** Clears what was copied, if it is still there. */
  readonly clearClipboard: () => Promise<void>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly lendTerminal: LendTerminal;
  /** Stops the whole job until the shell continues it. */
  readonly stopJob: () => void;
  /** A line on the terminal while it is lent. */
  readonly sayOutside: (line: string) => void;
  /** Draws everything anew on an emptied screen, whatever anybody else wrote there. */
  readonly redraw: () => void;
  readonly quit: () => void;
}

/** A cursor that is passing through asks git nothing. In milliseconds. */
const restTime = 150;
/** Secrets asked between two looks at the keyboard. */
const surveyBatch = 2_000;
/** Up to so many secrets, a search is done before the letter's own frame. */
const searchedAtOnce = 1_000;

/** Runs effects against the session. A new request of a kind aborts the one before; its reply would be stale. */
export function createEffects(
  session: Session,
  passphrase: PassphraseLine,
  draft: Draft,
  ports: EffectPorts,
  post: (message: Message) => void,
  onCrash: (error: unknown) => void,
): { readonly run: (effect: Effect) => void; readonly stop: () => void } {
  const running = new Map<RequestKind, AbortController>();
  const finder = createFinder(session);
  const commit = createCommitEffects({ session, ports, post });
  const edit = createEditingEffects(session, draft, passphrase, post);
  const create = createCreatingEffects(session, draft, passphrase, post);

  const doubts = createDoubtLine((request, doubt) => post({ type: 'doubted', request, doubt }));
  const { env, lendTerminal } = ports;
  const outside = { session, draft, ask: passphrase.ask, env, lendTerminal, doubt: doubts.ask, post };

  const begin = (kind: RequestKind): AbortSignal => {
    running.get(kind)?.abort();
    const controller = new AbortController();
    running.set(kind, controller);
    return controller.signal;
  };

  const stop = (goesOn?: RequestKind): void => {
    for (const [kind, controller] of running) {
      if (kind === goesOn) continue;
      controller.abort();
      running.delete(kind);
    }
    passphrase.answer('cancel');
    doubts.answer('discard');
  };

  const perform = async (effect: Effect): Promise<void> => {
    switch (effect.type) {
      case 'open': {
        const { request, id, purpose, key } = effect;
        const outcome = await session.open(id, passphrase.ask, begin('open'));
        // After a stop, which may be a lock, asking would read the key files again.
        const isStopped = !outcome.ok && outcome.error.code === 'stopped';
        const identities = isStopped ? null : await session.identities();
        const forKey = key !== undefined && { key };
        return post({ type: 'opened', request, id, purpose, outcome, identities, ...forKey });
      }
      case 'release':
        return session.release(effect.opened);
      case 'measure': {
        const { ref, width, isBinary } = effect;
        const shape = session.lend(ref, (bytes) => measureValue(bytes, width, isBinary));
        return shape.ok ? post({ type: 'measured', ref, shape: shape.value }) : undefined;
      }
      case 'copy-value': {
        // Lent bytes may not be kept, and copying takes longer than the loan.
        const lent = session.lend(effect.ref, (bytes) => Uint8Array.from(bytes));
        if (!lent.ok) return post({ type: 'copied', request: effect.request, outcome: lent });
        const outcome = await ports.copy(lent.value);
        lent.value.fill(0);
        return post({ type: 'copied', request: effect.request, outcome });
      }
      case 'copy-text': {
        const outcome = await ports.copy(Buffer.from(effect.text));
        return post({ type: 'copied', request: effect.request, outcome });
      }
      case 'search': {
        const { request, purpose, query, within } = effect;
        const signal = begin('search');
        // In a large repository a search takes longer than a frame: the letter is drawn first, and while letters
        // arrive faster than searches end, only the last one is searched for.
        if (session.repository().secrets.length > searchedAtOnce) await rest(0);
        if (signal.aborted) return;
        const found = finder.find(query, purpose, within);
        return post({ type: 'found', request, purpose, ...(found instanceof Promise ? await found : found) });
      }
      case 'index-keys': {
        const signal = begin('index');
        finder.warm();
        const tell = nowAndThen((done, total) => {
          if (!signal.aborted) post({ type: 'indexing', request: effect.request, done, total });
        });
        const index = await session.indexKeys(tell, signal);
        if (signal.aborted) return;
        finder.restart(index);
        return post({ type: 'indexed', request: effect.request, skipped: index.skipped });
      }
      case 'forget-index':
        running.get('index')?.abort();
        return finder.restart(null);
      case 'survey':
        return survey(effect.request, begin('survey'));
      case 'last-change': {
        const signal = begin('change');
        await rest(restTime);
        if (signal.aborted) return;
        const outcome = await session.lastChange(effect.id, signal);
        return post({ type: 'changed', request: effect.request, id: effect.id, outcome });
      }
      case 'git-states': {
        const signal = begin('git');
        await rest(restTime);
        if (signal.aborted) return;
        const { secrets, rules } = session.repository();
        const paths = [...secrets.map(({ id }) => id), ...rules.map(({ path }) => path)];
        const outcome = await (await session.git()).states(paths, signal);
        return post({ type: 'git-told', request: effect.request, outcome });
      }
      case 'find-uses': {
        const signal = begin('uses');
        await rest(restTime);
        if (signal.aborted) return;
        const outcome = await session.whereUsed(signal);
        return signal.aborted ? undefined : post({ type: 'uses-found', request: effect.request, outcome });
      }
      case 'find-former': {
        const signal = begin('former');
        const outcome = await (await session.git()).formerReaders(signal);
        if (signal.aborted) return;
        return post({ type: 'former-found', request: effect.request, outcome });
      }
      case 'reload':
        return post({
          type: 'reloaded',
          request: effect.request,
          outcome: await session.reload(begin('reload')),
        });
      case 'lock':
        stop('uses');
        session.lock();
        ports.redraw();
        return ports.clearClipboard();
      case 'begin-edit':
        return edit(effect, begin('edit'));
      case 'edit-draft':
      case 'place-cursor':
      case 'close-draft':
      case 'save-draft':
      case 'remove':
      case 'transfer':
      case 'reverse':
        return edit(effect, undefined);
      case 'offer-readers':
      case 'begin-text':
      case 'prepare-new':
      case 'apply-new':
      case 'drop-new':
        return create(effect);
      case 'plan-commit':
      case 'commit':
        return commit(effect);
      case 'answer-passphrase':
        return passphrase.answer(effect.answer);
      case 'edit-passphrase':
        passphrase.edit(effect.edit);
        return post({ type: 'passphrase-typed', isFilled: passphrase.isFilled() });
      case 'change-readers':
        return edit(effect, begin('write'));
      case 'stop-writing':
        return running.get('write')?.abort();
      case 'stop-unlocking':
        return session.stopUnlocking();
      case 'edit-outside': {
        const { editOutside } = await import('./outside-effects.ts');
        return editOutside(outside, effect);
      }
      case 'rework-outside': {
        const { reworkOutside } = await import('./outside-effects.ts');
        return reworkOutside(outside, effect);
      }
      case 'answer-outside':
        return doubts.answer(effect.choice);
      case 'suspend':
        return ports.lendTerminal(async () => ports.stopJob());
      case 'redraw':
        return ports.redraw();
      case 'quit':
        stop();
        return ports.quit();
    }
  };

  const survey = async (request: number, signal: AbortSignal): Promise<void> => {
    const identities = await session.identities();
    post({ type: 'identified', request, identities, emptyPlaces: await session.emptyKeyPlaces() });
    let batch: [SecretId, Readable][] = [];
    for (const { id } of session.repository().secrets) {
      if (signal.aborted) return;
      batch.push([id, await session.readable(id)]);
      if (batch.length < surveyBatch) continue;
      post({ type: 'surveyed', request, readable: batch });
      batch = [];
      await rest(0);
    }
    post({ type: 'surveyed', request, readable: batch });
  };

  return { run: (effect) => void perform(effect).catch(onCrash), stop };
}

const rest = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
