import { type Address, formatAddress, parseAddress, parseKeyPath } from './address.ts';
import { didYouMean } from './did-you-mean.ts';
import { firstFew } from './first-few.ts';
import { nearestNames } from './nearest-names.ts';
import { fail, type Outcome, ok } from './outcome.ts';
import type { Repository } from './repository.ts';
import type { SecretId } from './secret.ts';

export interface ResolvedAddress {
  readonly id: SecretId;
  readonly key?: readonly string[];
}

const listedCandidates = 5;

/**
 * Finds the secret that `text` means: a path from the repository root or from the working directory (`./` and `../`
 * mean only the latter), an absolute path, or, with `allowSuffix`, the last parts of one path (`db1/postgres.age`,
 * `postgres.age`, `postgres`) when no other path ends so. A file whose name holds a `#` needs no quotes when it exists.
 *
 * @param cwdRelative the working directory from the root with `/` (`''` at the root); `null` when outside it
 * Errors: `usage`, `not-found`, `ambiguous`.
 */
export function resolveAddress(
  repository: Repository,
  text: string,
  cwdRelative: string | null,
  allowSuffix: boolean,
): Outcome<ResolvedAddress> {
  const ids = repository.secrets.map((secret) => secret.id);
  const known = new Map<string, SecretId>(ids.map((id) => [id, id]));
  const readings = readingsOf(text);
  for (const reading of readings) {
    const paths = new Set(exactPaths(reading.file, repository.root, cwdRelative));
    const found = [...paths].map((path) => known.get(path)).filter((id) => id !== undefined);
    const decided = decide(found, reading, text);
    if (decided) return decided;
  }
  const bySuffix = readings.flatMap((reading) => {
    const found = suffixMatches(ids, reading.file);
    return found.length > 0 ? [{ reading, found }] : [];
  })[0];
  if (bySuffix && allowSuffix) {
    const decided = decide(bySuffix.found, bySuffix.reading, text);
    if (decided) return decided;
  }
  const parsed = parseAddress(text);
  if (!parsed.ok) return parsed;
  const only = bySuffix?.found.length === 1 ? bySuffix.found[0] : undefined;
  return fail('not-found', `no secret called ${parsed.value.file}`, {
    hint: only
      ? `write the whole path: ${only}`
      : (nearSecrets(ids, parsed.value) ?? 'keyhole list shows all secrets'),
  });
}

function nearSecrets(ids: readonly SecretId[], { file, key }: Address): string | null {
  const typed = file.split('/').filter((part) => !['', '.', '..'].includes(part));
  const near = nearestNames(typed, ids, (id) => id.split('/'), { starts: true });
  return didYouMean(near.map((id) => formatAddress(id, key)));
}

/**
 * The paths from the root that `text` can mean by itself, in the order in which `resolveAddress` looks for them: the
 * first one that exists is what it finds, whatever else is in the repository. Empty when that takes a look at the rest.
 */
export function exactReadings(text: string, root: string, cwdRelative: string | null): readonly string[] {
  const found: string[] = [];
  for (const { file } of readingsOf(text)) {
    const [path, ...others] = new Set(exactPaths(file, root, cwdRelative));
    if (others.length > 0) return [];
    if (path !== undefined) found.push(path);
  }
  return found;
}

/** Every path from the root that `text` can mean by itself: `resolveAddress` finds one of them before any other. */
export function possibleReadings(
  text: string,
  root: string,
  cwdRelative: string | null,
): ReadonlySet<string> {
  return new Set(readingsOf(text).flatMap(({ file }) => exactPaths(file, root, cwdRelative)));
}

/** A way to read the text; `key` is the reason when the part after `#` is no key path. */
interface Reading {
  readonly file: string;
  readonly key?: Outcome<readonly string[]>;
}

/** Longest file name first, because a `#` may be part of it. */
function readingsOf(text: string): readonly Reading[] {
  const readings: Reading[] = [{ file: text }];
  for (let at = text.lastIndexOf('#'); at > 0; at = text.lastIndexOf('#', at - 1)) {
    readings.push({ file: text.slice(0, at), key: parseKeyPath(text.slice(at + 1)) });
  }
  const parsed = parseAddress(text);
  if (parsed.ok && text.startsWith('"')) readings.push(asReading(parsed.value));
  return readings;
}

const asReading = ({ file, key }: Address): Reading => ({ file, ...(key && { key: ok(key) }) });

function decide(
  found: readonly SecretId[],
  reading: Reading,
  text: string,
): Outcome<ResolvedAddress> | undefined {
  const [id, ...others] = found;
  if (id === undefined) return undefined;
  if (others.length > 0) {
    return fail('ambiguous', `${text} fits ${found.length} secrets`, {
      hint: `write more of the path: ${firstFew(found, listedCandidates)}`,
    });
  }
  if (reading.key === undefined) return ok({ id });
  return reading.key.ok ? ok({ id, key: reading.key.value }) : reading.key;
}

function exactPaths(file: string, root: string, cwdRelative: string | null): readonly string[] {
  const here = cwdRelative === null ? [] : normalise(`${cwdRelative}/${file}`);
  if (/^\.\.?(\/|$)/.test(file)) return here;
  if (file.startsWith('/')) {
    return file.startsWith(`${root}/`) ? normalise(file.slice(root.length + 1)) : [];
  }
  return [file, ...normalise(file), ...here];
}

/** Without `.`, `..` and empty parts; nothing when it leaves the root. */
function normalise(path: string): readonly string[] {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return [];
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return [parts.join('/')];
}

function suffixMatches(ids: readonly SecretId[], file: string): readonly SecretId[] {
  const endsIn = (suffix: string): readonly SecretId[] => ids.filter((id) => `/${id}`.endsWith(`/${suffix}`));
  const exact = endsIn(file);
  return exact.length > 0 ? exact : endsIn(`${file}.age`);
}
