import { show } from '../../core/safe-text.ts';
import type { Context } from '../keys/binding.ts';
import { keyFor, resolveKey } from '../keys/resolve-key.ts';
import { onFormerFound, wantFormer } from '../matrix/former-told.ts';
import { settleAfter } from '../matrix/move-matrix.ts';
import { onProgressed } from '../matrix/reviewing.ts';
import { runCommand } from './commands.ts';
import { onCommitPlanned, onCommitted } from './committing.ts';
import { typeInForm } from './creating.ts';
import { onMade, onOffered, onPrepared, onTextBegun } from './creating-replies.ts';
import { hide, onEdited, onEditing, touch } from './editing.ts';
import { dependsOnKeys, searchAgain } from './filtering.ts';
import { onGitTold, wantGitStates } from './git-told.ts';
import { askLastChange, wantLastChange } from './last-change.ts';
import { moveTo } from './list-lines.ts';
import { followRange } from './marking.ts';
import type { Stamped } from './message.ts';
import { browserView, type Model } from './model.ts';
import { typeName } from './naming.ts';
import { revealTime } from './opening.ts';
import { onDoubted, onKeyed, onOutsideWrote, onReworked } from './outside.ts';
import { onChanged, onCopied, onFound, onIndexed, onOpened, onReloaded } from './replies.ts';
import { editorPage, valueArea } from './select.ts';
import { andThen, info, isStale, type ModelStep, request, still, withEffect, withToast } from './step.ts';
import { typedLine, typeText } from './typing.ts';
import { askUses, onUsesFound, wantUses } from './where-used.ts';
import { onWrote } from './writing.ts';

/** The whole behaviour of the UI: pure, synchronous, and without a single value in what goes in and out. */
export function update(model: Model, message: Stamped): ModelStep {
  const step = react(model.now === message.now ? model : { ...model, now: message.now }, message);
  const asking = andThen(step, (next) => wantLastChange(model, settleAfter(model, followRange(model, next))));
  return andThen(
    andThen(asking, (next) => wantUses(model, next)),
    (next) => wantFormer(model, next),
  );
}

function react(model: Model, message: Stamped): ModelStep {
  switch (message.type) {
    case 'key':
      return onKey(model, message.key, message.now);
    case 'pasted':
      // Pasted text only ever goes into a line being typed; nothing of it acts as a key.
      return typeLine(model, pastedLine(model, message.text));
    case 'resized':
      return onResized(model, message.columns, message.rows);
    case 'tick':
      return still(onTick(model, message.now));
    case 'blurred':
      return still(hide(model.revealed ? { ...model, revealed: null } : model));
    case 'editing':
      return onEditing(model, message);
    case 'edited':
      return still(onEdited(model, message));
    case 'woken':
      return still({ ...touch(model, message.now), toast: model.toast?.until === null ? null : model.toast });
    case 'wrote':
      return message.what === 'outside' ? onOutsideWrote(model, message) : onWrote(model, message);
    case 'progressed':
      return still(onProgressed(model, message));
    case 'keyed':
      return onKeyed(model, message);
    case 'doubted':
      return onDoubted(model, message);
    case 'reworked':
      return onReworked(model, message);
    case 'identified':
      return still(
        isStale(model, 'survey', message.request)
          ? model
          : { ...model, identities: message.identities, emptyPlaces: message.emptyPlaces },
      );
    case 'surveyed':
      return andThen(still(onSurveyed(model, message)), (next) =>
        dependsOnKeys(next) ? searchAgain(next) : still(next),
      );
    case 'opened':
      return onOpened(model, message);
    case 'measured':
      return still(
        model.revealed?.ref === message.ref
          ? { ...model, revealed: { ...model.revealed, shape: message.shape } }
          : model,
      );
    case 'copied':
      return onCopied(model, message);
    case 'cleared':
      return still(withToast({ ...model, clipboardClearsAt: null }, info(show(message.says), message.now)));
    case 'found':
      return andThen(onFound(model, message), (next) => pressTypedAhead(next, message.now));
    case 'indexing':
      return still(
        isStale(model, 'index', message.request)
          ? model
          : { ...model, keyIndex: { kind: 'reading', done: message.done, total: message.total } },
      );
    case 'indexed':
      return onIndexed(model, message);
    case 'changed':
      return onChanged(model, message);
    case 'commit-planned':
      return onCommitPlanned(model, message);
    case 'committed':
      return onCommitted(model, message);
    case 'git-told':
      return still(onGitTold(model, message));
    case 'former-found':
      return still(onFormerFound(model, message));
    case 'uses-found':
      return still(onUsesFound(model, message));
    case 'reloaded':
      return onReloaded(model, message);
    case 'offered':
      return onOffered(model, message);
    case 'text-begun':
      return still(onTextBegun(model, message));
    case 'prepared':
      return onPrepared(model, message);
    case 'made':
      return onMade(model, message);
    case 'passphrase-asked':
      return still({
        ...model,
        revealed: null,
        toast: null,
        isUnlocking: false,
        askedKey: show(message.origin),
        view: { kind: 'passphrase', origin: show(message.origin), attempt: message.attempt, isFilled: false },
      });
    case 'passphrase-typed':
      return still(
        model.view.kind === 'passphrase'
          ? { ...model, view: { ...model.view, isFilled: message.isFilled } }
          : model,
      );
  }
}

/** One line of what is pasted; the key of a reader may be among several. */
function pastedLine({ naming, view }: Model, text: string): string {
  if (view.kind === 'naming' && naming?.kind === 'reader') return text;
  return (text.split(/[\r\n]/)[0] ?? '').replace(/\p{Cc}/gu, '');
}

/** Text goes into whichever line is being typed. */
function typeLine(model: Model, text: string): ModelStep {
  const context = contextOf(model);
  if (context === 'form') return typeInForm(model, text);
  return context === 'naming' ? typeName(model, text) : typeText(model, text);
}

/** Which keys are in force. */
export function contextOf(model: Model): Context {
  const { kind } = model.view;
  if (kind === 'passphrase' || kind === 'editor' || kind === 'naming' || kind === 'form') return kind;
  if (typedLine(model) !== null) return 'typing';
  return kind === 'browser' || kind === 'matrix' || kind === 'question' ? kind : 'view';
}

function onKey(model: Model, key: { readonly name: string; readonly text?: string }, now: number): ModelStep {
  const context = contextOf(model);
  if ((context === 'browser' || context === 'matrix') && !model.filter.isSettled && key.name !== 'ctrl-c') {
    return still({ ...model, typedAhead: [...model.typedAhead, key] });
  }
  const awake: Model = {
    ...model,
    prefix: '',
    note: null,
    // An error stays until somebody was there to see it.
    toast: model.toast?.until === null && !model.editor?.isSaving && !model.form?.isBusy ? null : model.toast,
    editor: context === 'editor' ? touch(model, now).editor : model.editor,
    revealed: model.revealed && { ...model.revealed, maskAt: now + revealTime },
  };
  // What is pressed while a write runs must not hit what comes after it; nor what was meant for another editor.
  if (isWaitedFor(model, context) && key.name !== 'ctrl-c') return still(model);
  const resolved = resolveKey(context, model.prefix, key.name);
  if (resolved.kind === 'command') return runCommand(awake, resolved.command, now);
  if (resolved.kind === 'prefix') return still({ ...awake, prefix: resolved.prefix });
  const isLine = context === 'typing' || context === 'naming' || context === 'form';
  if (isLine && key.text !== undefined) return typeLine(awake, key.text);
  if (context !== 'browser' && context !== 'matrix' && context !== 'view') return still(awake);
  const pressed = [model.prefix, key.name].filter(Boolean).join(' ');
  const text = `${show(pressed)} does nothing here · ${keyFor('help')} help`;
  // Only a key that does something shows that somebody is reading the value.
  return still(withToast({ ...awake, revealed: model.revealed }, { level: 'info', text, until: null }));
}

function isWaitedFor({ editor, form, outside, waiting }: Model, context: Context): boolean {
  if (context === 'form') return form?.isBusy === true;
  if (context === 'editor') return editor?.isSaving === true;
  if (context === 'naming') return waiting.write !== undefined;
  return context === 'browser' && outside !== null;
}

/** Once a search is answered, the keys that were meant for its hits. */
function pressTypedAhead(model: Model, now: number): ModelStep {
  return model.typedAhead.reduce<ModelStep>(
    (step, key) => andThen(step, (next) => onKey(next, key, now)),
    still({ ...model, typedAhead: [] }),
  );
}

function onResized(model: Model, columns: number, rows: number): ModelStep {
  const sized = moveTo({ ...model, columns, rows }, model.cursor);
  const { revealed, editor } = sized;
  if (editor) return withEffect(sized, { type: 'edit-draft', command: 'stay', page: editorPage(sized) });
  if (!revealed) return still(sized);
  // Lines wrap elsewhere now: count them again, from the start.
  return withEffect(
    { ...sized, revealed: { ...revealed, top: 0, shape: null } },
    { type: 'measure', ref: revealed.ref, isBinary: revealed.isBinary, width: valueArea(sized).width },
  );
}

function onTick(model: Model, now: number): Model {
  const { revealed, editor, toast, clipboardClearsAt } = model;
  return {
    ...model,
    revealed: revealed && now >= revealed.maskAt ? null : revealed,
    editor: editor && now >= editor.hideAt ? { ...editor, isHidden: true } : editor,
    toast: toast?.until != null && now >= toast.until ? null : toast,
    clipboardClearsAt: clipboardClearsAt !== null && now >= clipboardClearsAt ? null : clipboardClearsAt,
  };
}

function onSurveyed(model: Model, { request: id, readable }: Extract<Stamped, { type: 'surveyed' }>): Model {
  if (isStale(model, 'survey', id)) return model;
  const all = new Map(model.readable);
  for (const [secret, answer] of readable) all.set(secret, answer);
  return { ...model, readable: all, surveyed: all.size };
}

/** What a program that just started does. */
export function start(model: Model): ModelStep {
  const survey = request({ ...model, view: browserView }, 'survey', (id) => ({
    type: 'survey',
    request: id,
  }));
  const asked = andThen(survey, wantGitStates);
  return andThen(andThen(asked, askLastChange), askUses);
}
