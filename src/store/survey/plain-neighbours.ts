import type { PlainNeighbour } from '../../core/audit/survey.ts';
import type { Jail } from '../jail.ts';
import type { TreeListing } from '../tree/tree-listing.ts';

/** What people add to a name when they decrypt by hand, or take away. */
const endings = ['', '.env', '.txt', '.key', '.dec', '.plain', '.decrypted'] as const;
const encryptedStarts = [
  'age-encryption.org/',
  '-----BEGIN AGE ENCRYPTED FILE-----',
  '-----BEGIN PGP MESSAGE-----',
];

/** Files that git tracks beside age files and that are likely to be their plaintext: not empty, and not encrypted. */
export function plainNeighbours(
  jail: Jail,
  { entries, isFromIndex }: TreeListing,
): readonly PlainNeighbour[] {
  if (!isFromIndex) return [];
  const files = new Set(entries.filter(({ kind }) => kind === 'file').map(({ path }) => path));
  return [...files].flatMap((of) => {
    if (!of.endsWith('.age')) return [];
    const stem = of.slice(0, -'.age'.length);
    if (stem.endsWith('.pub') || stem === '' || stem.endsWith('/')) return [];
    return endings
      .map((ending) => `${stem}${ending}`)
      .filter((path) => files.has(path) && isPlain(jail, path))
      .map((path) => ({ path, of }));
  });
}

function isPlain(jail: Jail, path: string): boolean {
  const start = jail.readStart(path, 64);
  if (!start.ok || start.value.bytes.length === 0) return false;
  const text = Buffer.from(start.value.bytes).toString('latin1').trimStart();
  return !encryptedStarts.some((known) => text.startsWith(known));
}
