/**
 * What is printed of a bug: the kind of error and where it happened. Not its message, which may quote a value, and
 * for the same reason no source line.
 */
export function crashLine(error: unknown): string {
  const kind = error instanceof Error && /^[A-Za-z]+$/.test(error.name) ? error.name : 'an unknown error';
  const frames = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  const frame = frames.find((line) => /^ {4}at [\x20-\x7e]+$/.test(line))?.trim() ?? 'nowhere known';
  return `keyhole: stopped by a bug of its own (${kind} ${frame}); nothing was written`;
}
