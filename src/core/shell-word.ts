/** A text as one word of a POSIX shell, quoted only where that is needed: `/tmp/demo`, `'/tmp/my demo'`. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
