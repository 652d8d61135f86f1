/**
 * Every sequence that keyhole itself sends: styles, cursor moves and erasures, the modes it switches, and
 * synchronised output. Anything else that starts with ESC, and every other control, came from somewhere it must not.
 */
const allowed = [
  String.raw`\u001b\[[0-9;]*m`,
  String.raw`\u001b\[[0-9;]*[ABCDEFGHJK]`,
  String.raw`\u001b\[\?(25|1004|1049|2004|2026)[hl]`,
];

const sequence = new RegExp(allowed.join('|'), 'g');

/** What is left of `written` that may not have been sent, with some context; empty when all is well. */
export function forbiddenOutput(written: string): string[] {
  const rest = written.replace(sequence, '').replaceAll('\n', '');
  return [...rest.matchAll(/.{0,20}[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff].{0,20}/gu)].map(
    ([found]) => JSON.stringify(found),
  );
}

/** Concealed and blinking text are styles, but not ours. */
export const usesForeignStyles = (written: string): boolean =>
  [...written.matchAll(/\u001b\[([0-9;]*)m/g)].some(([, codes]) =>
    (codes ?? '').split(';').some((code) => ['5', '6', '8', '38', '48'].includes(code)),
  );
