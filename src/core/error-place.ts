/**
 * A thrown error by kind and place (`TypeError at list.js:12:3`), without its message: libraries quote what they were
 * given, and that may be a value.
 */
export function errorPlace(error: unknown): string {
  if (!(error instanceof Error)) return `thrown ${typeof error}`;
  const kind = /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : 'Error';
  const code = 'code' in error && /^[A-Z_]{1,60}$/.test(String(error.code)) ? ` ${error.code}` : '';
  const place = /^\s+at .*?([\w.-]+\.(?:js|mjs|ts|tsx):\d+:\d+)\)?$/m.exec(error.stack ?? '')?.[1];
  return `${kind}${code}${place ? ` at ${place}` : ''}`;
}
