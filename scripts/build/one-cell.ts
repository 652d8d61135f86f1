/**
 * Text of characters that each take one cell and stand for themselves: no joiners, no marks, no controls, nothing
 * wide. Nearly everything keyhole draws is such text.
 */
export const oneCellEach =
  /^[\u0020-\u007E\u00A0-\u00AC\u00AE-\u00FF\u2010-\u2027\u2030-\u203B\u2190-\u21FF\u2200-\u22FF\u2500-\u257F\u2580-\u259F\u25A1\u25CB\u25CF\u2713\u23CE\u2423]*$/;

/** The same with line feeds and escape sequences: a control character never joins its neighbours (UAX #29, GB4, GB5). */
export const oneCharacterEach =
  /^[\n\u001B\u0020-\u007E\u00A0-\u00AC\u00AE-\u00FF\u2010-\u2027\u2030-\u203B\u2190-\u21FF\u2200-\u22FF\u2500-\u257F\u2580-\u259F\u25A1\u25CB\u25CF\u2713\u23CE\u2423]*$/;
