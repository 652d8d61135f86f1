/** Asks a terminal to tell when its window loses the focus, or to stop telling (xterm, `?1004`). */
export const focusReportsOn = '\u001b[?1004h';
export const focusReportsOff = '\u001b[?1004l';
