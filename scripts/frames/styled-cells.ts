/** A run of characters that look alike. Colours are indexes of the 16-colour palette, `#rrggbb`, or null for default. */
export interface StyledRun {
  readonly text: string;
  readonly foreground: number | string | null;
  readonly background: number | string | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
}

type Style = Omit<StyledRun, 'text'>;

const plain: Style = {
  foreground: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
};

/** Reads what `tmux capture-pane -e` prints, text with SGR sequences (ECMA-48 8.3.117), into lines of styled runs. */
export function parseStyledLines(captured: string): StyledRun[][] {
  let style = plain;
  return captured.split('\n').map((line) => {
    const runs: StyledRun[] = [];
    for (const [, codes, text] of line.matchAll(/\u001B\[([\d;:]*)m|([^\u001B]+)/g)) {
      if (text === undefined) style = applyCodes(style, (codes ?? '').split(/[;:]/).map(Number));
      else runs.push({ ...style, text });
    }
    return runs;
  });
}

function applyCodes(before: Style, codes: readonly number[]): Style {
  let style = before;
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0;
    if (code === 38 || code === 48) {
      const [colour, used] = extendedColour(codes.slice(index + 1));
      style = { ...style, [code === 38 ? 'foreground' : 'background']: colour };
      index += used;
    } else {
      style = { ...style, ...simpleCode(code) };
    }
  }
  return style;
}

function simpleCode(code: number): Partial<Style> {
  if (code >= 30 && code <= 37) return { foreground: code - 30 };
  if (code >= 90 && code <= 97) return { foreground: code - 82 };
  if (code >= 40 && code <= 47) return { background: code - 40 };
  if (code >= 100 && code <= 107) return { background: code - 92 };
  switch (code) {
    case 0:
      return plain;
    case 1:
      return { bold: true };
    case 2:
      return { dim: true };
    case 3:
      return { italic: true };
    case 4:
      return { underline: true };
    case 7:
      return { inverse: true };
    case 22:
      return { bold: false, dim: false };
    case 23:
      return { italic: false };
    case 24:
      return { underline: false };
    case 27:
      return { inverse: false };
    case 39:
      return { foreground: null };
    case 49:
      return { background: null };
    default:
      return {};
  }
}

/** `5;N` or `2;R;G;B` after 38 or 48, and how many numbers that takes. */
function extendedColour([kind, ...numbers]: readonly number[]): [
  colour: number | string | null,
  used: number,
] {
  if (kind === 5) return [paletteColour(numbers[0] ?? 0), 2];
  const [red = 0, green = 0, blue = 0] = numbers;
  return [hex(red, green, blue), 4];
}

/** The 256-colour palette of xterm: 16 named, a cube of 6 × 6 × 6, 24 greys. */
function paletteColour(index: number): number | string {
  if (index < 16) return index;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return hex(grey, grey, grey);
  }
  const step = (value: number) => (value === 0 ? 0 : 55 + value * 40);
  const cube = index - 16;
  return hex(step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6));
}

const hex = (...parts: readonly number[]) =>
  `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
