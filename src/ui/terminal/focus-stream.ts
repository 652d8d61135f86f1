import { Readable } from 'node:stream';

/** What a terminal sends after `ESC[?1004h` when its window gets or loses the focus. */
const focusOut = '\u001b[O';

export interface TerminalInput extends Readable {
  isTTY?: boolean;
  setRawMode?: (isRaw: boolean) => unknown;
}

/**
 * Terminal input as Ink wants it, with a look at what passes: Ink drops focus reports, and a second reader on the
 * real stdin would take its input away. Everything passes unchanged, so nothing has to be held back.
 */
export function watchFocus(
  source: TerminalInput,
  on: { readonly blur: () => void; readonly end: () => void },
): TerminalInput & { detach(): void } {
  let tail = '';
  const onData = (chunk: Buffer | string): void => {
    const text = tail + chunk.toString('latin1');
    if (text.includes(focusOut)) on.blur();
    // A report may be split between two reads; a whole one is not seen twice.
    tail = text.endsWith('\u001b[') ? '\u001b[' : text.endsWith('\u001b') ? '\u001b' : '';
    stream.push(chunk);
  };
  const onEnd = (): void => {
    stream.push(null);
    on.end();
  };
  const stream = Object.assign(new Readable({ read: () => undefined }), {
    isTTY: source.isTTY ?? false,
    setRawMode(isRaw: boolean): unknown {
      source.setRawMode?.(isRaw);
      // Not raw: another program owns the terminal, and its input is not ours to take.
      if (isRaw) source.resume();
      else source.pause();
      return stream;
    },
    ref: () => call(source, 'ref'),
    unref: () => call(source, 'unref'),
    detach(): void {
      source.off('data', onData);
      source.off('end', onEnd);
      source.pause();
    },
  });
  source.on('data', onData);
  source.on('end', onEnd);
  return stream;
}

/** Terminals have `ref` and `unref`, which keep the process alive or let it end; other streams do not. */
function call(source: object, name: 'ref' | 'unref'): void {
  const method: unknown = Reflect.get(source, name);
  if (typeof method === 'function') method.call(source);
}
