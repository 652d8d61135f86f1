/** From the first cell to the last: an erased screen tells nothing of what was on it. */
export const homeAndErase = '\u001b[H\u001b[J';

/**
 * To be sent before Ink enters the alternate screen. A terminal that is there already, because the program before was
 * killed, stays there and keeps what that one drew, a revealed value perhaps; Ink draws only over what it needs.
 */
export const enterEmptyScreen = `\u001b[?1049h${homeAndErase}`;
