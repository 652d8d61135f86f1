/** What the keys pressed so far amount to; `stopped` is Ctrl-C, or Ctrl-D on an empty line. */
export type LineState = 'reading' | 'done' | 'stopped';

/** A line being typed. The bytes may be a passphrase: they live in one buffer, which `wipe` overwrites. */
export interface LineInput {
  /** Takes raw bytes from the terminal. Bytes after the end of the line are ignored. */
  readonly feed: (bytes: Uint8Array) => LineState;
  /** A copy of what was typed, owned by the caller. */
  readonly take: () => Uint8Array;
  readonly wipe: () => void;
}

/** The longest line taken, in bytes; further keys are ignored. */
const limit = 4096;

const ctrlC = 0x03;
const ctrlD = 0x04;
const backspace = 0x08;
const newline = 0x0a;
const enter = 0x0d;
const ctrlU = 0x15;
const escapeKey = 0x1b;
const del = 0x7f;

/** Interprets what a terminal in raw mode sends: editing keys edit, arrows and other escape sequences are dropped. */
export function createLineInput(): LineInput {
  const line = Buffer.alloc(limit);
  let length = 0;
  let state: LineState = 'reading';
  let sequence: 'none' | 'escape' | 'parameters' = 'none';

  const eraseCharacter = (): void => {
    while (length > 0) {
      length -= 1;
      const byte = line[length] ?? 0;
      line[length] = 0;
      // Bytes 10xxxxxx continue a UTF-8 character; go on to its first byte.
      if ((byte & 0xc0) !== 0x80) return;
    }
  };

  const press = (byte: number): void => {
    if (sequence === 'escape') {
      sequence = byte === 0x5b || byte === 0x4f ? 'parameters' : 'none';
    } else if (sequence === 'parameters') {
      if (byte >= 0x40 && byte <= 0x7e) sequence = 'none';
    } else if (byte === enter || byte === newline) state = 'done';
    else if (byte === ctrlC) state = 'stopped';
    else if (byte === ctrlD) state = length === 0 ? 'stopped' : 'done';
    else if (byte === backspace || byte === del) eraseCharacter();
    else if (byte === ctrlU) {
      line.fill(0);
      length = 0;
    } else if (byte === escapeKey) sequence = 'escape';
    else if (byte >= 0x20 && length < limit) {
      line[length] = byte;
      length += 1;
    }
  };

  return {
    feed(bytes) {
      for (const byte of bytes) {
        if (state !== 'reading') break;
        press(byte);
      }
      return state;
    },
    take: () => Uint8Array.from(line.subarray(0, length)),
    wipe: () => void line.fill(0),
  };
}
