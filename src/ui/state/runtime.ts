import type { Draft, DraftStatus } from '../editor/draft.ts';
import type { Page } from '../editor/draft-text.ts';
import type { KeyPress } from '../keys/parse.ts';
import { resolveKey } from '../keys/resolve-key.ts';
import type { Effect } from './effect.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';
import type { PassphraseLine } from './passphrase-line.ts';
import { editorPage, wantsClock } from './select.ts';
import { contextOf, start, update } from './update.ts';

/** Holds the one model; whoever draws subscribes. */
export interface Runtime {
  readonly model: () => Model;
  readonly subscribe: (listener: () => void) => () => void;
  readonly post: (message: Message) => void;
  /** Keys that arrived together make one frame. */
  readonly press: (keys: readonly KeyPress[]) => void;
  readonly paste: (text: string) => void;
  /** Runs what a fresh program does; call it when the first frame is out. */
  readonly start: () => void;
  readonly stop: () => void;
}

export interface RuntimePorts {
  readonly now: () => number;
  readonly run: (effect: Effect) => void;
  readonly passphrase: PassphraseLine;
  readonly draft: Draft;
}

const clockTime = 1_000;

export function createRuntime(initial: Model, ports: RuntimePorts): Runtime {
  let model = initial;
  let clock: NodeJS.Timeout | null = null;
  const listeners = new Set<() => void>();
  let depth = 0;
  let isDirty = false;

  /** Tells the listeners once, after everything that happened inside. */
  const batch = (work: () => void): void => {
    depth += 1;
    try {
      work();
    } finally {
      depth -= 1;
    }
    if (depth > 0 || !isDirty) return;
    isDirty = false;
    if (wantsClock(model)) clock ??= setInterval(() => post({ type: 'tick' }), clockTime);
    else stopClock();
    for (const listener of listeners) listener();
  };

  const stopClock = (): void => {
    if (clock) clearInterval(clock);
    clock = null;
  };

  const take = ([next, effects]: readonly [Model, readonly Effect[]]): void => {
    isDirty ||= next !== model;
    model = next;
    for (const effect of effects) ports.run(effect);
  };

  /** What was pressed after the key that opens the editor, and is meant for the text: not for the list. */
  let ahead: (() => void)[] = [];
  const isOpening = (): boolean =>
    model.form?.isHasty ?? (model.waiting.edit !== undefined && model.view.kind === 'browser');

  const post = (message: Message): void =>
    batch(() => {
      take(update(model, { ...message, now: ports.now() }));
      if (ahead.length === 0 || isOpening()) return;
      const held = ahead;
      ahead = [];
      if (isWriting()) for (const again of held) again();
    });

  const typeSecretly = (text: string): void => {
    ports.passphrase.type(text);
    const isFilled = ports.passphrase.isFilled();
    if (model.view.kind === 'passphrase' && model.view.isFilled !== isFilled)
      post({ type: 'passphrase-typed', isFilled });
  };

  /** What is typed into the text goes there and nowhere else. */
  const typeText = (type: (page: Page) => DraftStatus): void => {
    if (model.editor?.isSaving || !ports.draft.isOpen()) return;
    post({ type: 'woken' });
    post({ type: 'edited', status: type(editorPage(model)) });
  };

  const isWriting = (): boolean => model.view.kind === 'editor';

  const press = (key: KeyPress): void => {
    const { text } = key;
    if (isOpening() && key.name !== 'ctrl-c') ahead.push(() => press(key));
    else if (model.view.kind === 'passphrase' && text !== undefined) typeSecretly(text);
    else if (isWriting() && model.editor?.isHidden && key.name !== 'ctrl-c') post({ type: 'woken' });
    else if (isWriting() && text !== undefined) typeText((page) => ports.draft.type(text, page));
    else for (const one of pressed(model, key)) post({ type: 'key', key: one });
  };

  const paste = (text: string): void => {
    if (isOpening()) ahead.push(() => paste(text));
    else if (model.view.kind === 'passphrase') typeSecretly(text);
    else if (isWriting()) typeText((page) => ports.draft.paste(text, page));
    else post({ type: 'pasted', text });
  };

  return {
    model: () => model,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    post,
    press: (keys) => batch(() => keys.forEach(press)),
    paste: (text) => batch(() => paste(text)),
    start: () => batch(() => take(start(model))),
    stop: stopClock,
  };
}

/** Where text is edited a key that nothing is bound to does nothing; elsewhere Ctrl and Alt are let go of. */
function pressed(model: Model, key: KeyPress): readonly KeyPress[] {
  if (!key.instead) return [key];
  const context = contextOf(model);
  if (resolveKey(context, '', key.name).kind !== 'none') return [key];
  const isAlt = key.name.startsWith('alt-') && key.name !== 'alt-esc';
  return (context === 'editor' || context === 'naming') && isAlt ? [] : key.instead;
}
