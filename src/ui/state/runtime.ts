import type { KeyPress } from '../keys/parse.ts';
import type { Effect } from './effect.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';
import type { PassphraseLine } from './passphrase-line.ts';
import { wantsClock } from './select.ts';
import { start, update } from './update.ts';

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

  const post = (message: Message): void => batch(() => take(update(model, { ...message, now: ports.now() })));

  const typeSecretly = (text: string): void => {
    ports.passphrase.type(text);
    const isFilled = ports.passphrase.isFilled();
    if (model.view.kind === 'passphrase' && model.view.isFilled !== isFilled)
      post({ type: 'passphrase-typed', isFilled });
  };

  return {
    model: () => model,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    post,
    press: (keys) =>
      batch(() => {
        for (const key of keys) {
          if (model.view.kind === 'passphrase' && key.text !== undefined) typeSecretly(key.text);
          else post({ type: 'key', key });
        }
      }),
    paste: (text) => (model.view.kind === 'passphrase' ? typeSecretly(text) : post({ type: 'pasted', text })),
    start: () => batch(() => take(start(model))),
    stop: stopClock,
  };
}
