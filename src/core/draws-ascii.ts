/** Where only ASCII can be drawn: a locale that is not UTF-8, and the Linux console, whose font lacks half of the signs. */
export function drawsAscii(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return !/utf-?8/i.test(locale) || env['TERM'] === 'linux';
}
