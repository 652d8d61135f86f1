import { homeAndErase } from './whole-screen.ts';

/** Private modes (DECSET) that a program which was killed may have left on. */
const leftOn = [
  1, // cursor keys of their own
  5, // light and dark exchanged
  ...[9, 1000, 1001, 1002, 1003, 1005, 1006, 1015], // mouse
  1004, // focus reports
  2004, // bracketed paste
];
const off = leftOn.map((mode) => `\u001b[?${mode}l`).join('');

/**
 * What a terminal is by itself: no mouse, plain letters, lines that wrap, overwriting, a cursor of the usual shape, and
 * no keys told apart that usually are not. Moves no cursor.
 */
export const usualModes = `${off}\u001b[?7h\u001b[4l\u001b>\u001b(B\u000f\u001b[0m\u001b[0 q\u001b[>4m`;

/**
 * The same on an empty screen of our own. Entered first: the cursor of the other screen is kept by that, and what ends a
 * scroll region moves it. Key protocols (kitty) belong to a screen, so that only those of a killed program end.
 */
export const usualEmptyScreen = `\u001b[?1049h${usualModes}\u001b[?6l\u001b[r\u001b[<9u${homeAndErase}`;
