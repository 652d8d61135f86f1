import { fail, type Outcome } from '../core/outcome.ts';

const starts: readonly { readonly start: string; readonly says: string; readonly hint: string }[] = [
  { start: '\0GITCRYPT\0', says: 'locked by git-crypt', hint: 'run git-crypt unlock first' },
  {
    start: 'version https://git-lfs.github.com/',
    says: 'a Git LFS pointer, not the file itself',
    hint: 'run git lfs pull first',
  },
];

/**
 * Content that another tool left in place of the real file. A failure that says what to do about it, or `null` when
 * it is nothing of the kind. The first 100 bytes are enough.
 */
export function recogniseForeign(bytes: Uint8Array, where: string): Outcome<never> | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 100)).toString('latin1');
  const known = starts.find(({ start }) => text.startsWith(start));
  return known === undefined ? null : fail('unsupported', known.says, { hint: known.hint, where });
}
