/**
 * One key press. `name` is what bindings are written with (`j`, `enter`, `ctrl-d`); `text` is what it types, absent
 * for keys that type nothing.
 */
export interface KeyPress {
  readonly name: string;
  readonly text?: string;
  /** What it is where nothing is bound to it: the key without Ctrl, Alt or Shift. */
  readonly instead?: readonly KeyPress[];
}

/** The flags Ink gives with a piece of input, as far as they matter here. */
export interface InputFlags {
  readonly upArrow?: boolean;
  readonly downArrow?: boolean;
  readonly leftArrow?: boolean;
  readonly rightArrow?: boolean;
  readonly pageUp?: boolean;
  readonly pageDown?: boolean;
  readonly home?: boolean;
  readonly end?: boolean;
  readonly return?: boolean;
  readonly escape?: boolean;
  readonly tab?: boolean;
  readonly shift?: boolean;
  readonly ctrl?: boolean;
  readonly meta?: boolean;
  readonly backspace?: boolean;
  readonly delete?: boolean;
}

const named: readonly [keyof InputFlags, string][] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/** Ctrl-Space is NUL, which Ink takes for what comes before Ctrl-A. */
const controlNames: Readonly<Record<string, string>> = { ' ': 'space', '`': 'space' };

/**
 * Splits one piece of input into keys. Bytes that arrive together come as one string (`jjj`, `abc\r`), which over
 * SSH and in tmux is normal. Alt with a letter is, where nothing is bound to it, Esc and the letter: that is how a
 * quick Esc arrives.
 */
export function parseKeys(input: string, flags: InputFlags): KeyPress[] {
  if (flags.tab) return [{ name: flags.shift ? 'shift-tab' : 'tab' }];
  for (const [flag, name] of named) {
    if (!flags[flag]) continue;
    const modifier = (flags.ctrl ? 'ctrl-' : flags.meta ? 'alt-' : '') + (flags.shift ? 'shift-' : '');
    return [modifier === '' ? { name } : { name: modifier + name, instead: [{ name }] }];
  }
  if (flags.ctrl) return input === '' ? [] : [{ name: `ctrl-${controlNames[input] ?? input}` }];
  const keys = [...input].flatMap(keyOf);
  if (!flags.meta) return keys;
  const [first, ...rest] = keys;
  if (!first || rest.length > 0) return [{ name: 'esc' }, ...keys];
  return [{ name: `alt-${first.name}`, instead: [{ name: 'esc' }, first] }];
}

function keyOf(character: string): KeyPress[] {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\r' || character === '\n') return [{ name: 'enter' }];
  if (character === '\t') return [{ name: 'tab' }];
  if (code === 0x7f || code === 0x08) return [{ name: 'backspace' }];
  if (code === 0x1b) return [{ name: 'esc' }];
  if (code >= 0x01 && code <= 0x1a) return [{ name: `ctrl-${String.fromCharCode(code + 0x60)}` }];
  // The other controls, C1 among them, are no keys.
  if (code < 0x20 || (code >= 0x80 && code < 0xa0)) return [];
  return [{ name: character === ' ' ? 'space' : character, text: character }];
}
