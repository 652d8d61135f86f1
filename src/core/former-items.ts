import type { ExtraReader } from './comparison.ts';
import { formerReaderId } from './former-readers.ts';
import type { AgeHistory, AgeVersion } from './rotation.ts';
import type { Secret } from './secret.ts';
import type { Stanza } from './stanza.ts';

export interface FormerItem {
  readonly secret: Secret;
  readonly reader: ExtraReader & { readonly tag: string };
  readonly versions: readonly AgeVersion[];
  readonly later: number;
  /** The file as it lies there can still be read by him. */
  readonly readsNow: boolean;
}

/** Whom the keys of today do not explain among the stanzas of one version, named where a key fits. */
export type ExtrasOf = (secret: Secret, stanzas: readonly Stanza[]) => readonly ExtraReader[];

/**
 * Who could read versions of secrets that their rules do not name now, as far as tags prove it: anonymous stanzas are
 * nobody's. Secrets whose rules are not known have no former readers.
 */
export function formerItems(
  secrets: readonly Secret[],
  history: AgeHistory,
  extrasOf: ExtrasOf,
): readonly FormerItem[] {
  const byPath = Map.groupBy(history.versions, ({ path }) => path);
  const byBlob = Map.groupBy(history.versions, ({ blob }) => blob);
  const declared = new Set(secrets.flatMap((secret) => secret.declared));
  return secrets.flatMap((secret) => {
    if (secret.ruleProblem !== undefined) return [];
    // No rule says who reads an orphan: only who reads nothing at all any more is a former reader of it.
    const isFormer = ({ recipient }: ExtraReader): boolean =>
      secret.rule !== undefined || recipient === undefined || !declared.has(recipient);
    const line = lineageOf(secret.id, byPath, byBlob);
    const readers = new Map<string, { reader: FormerItem['reader']; at: number[] }>();
    const meet = (extra: ExtraReader, at: number | null): void => {
      if (extra.tag === undefined || !isFormer(extra)) return;
      const id = formerReaderId(extra);
      const known = readers.get(id) ?? { reader: { ...extra, tag: extra.tag }, at: [] };
      if (at !== null) known.at.push(at);
      readers.set(id, known);
    };
    for (const [at, { blob }] of line.entries()) {
      for (const extra of extrasOf(secret, history.stanzas.get(blob) ?? [])) meet(extra, at);
    }
    const now = new Set<string>();
    for (const extra of secret.comparison?.extra ?? []) {
      now.add(formerReaderId(extra));
      meet(extra, null);
    }
    return [...readers.values()].map(({ reader, at }) => ({
      secret,
      reader,
      versions: at.flatMap((index) => line[index] ?? []),
      later: at[0] ?? line.length,
      readsNow: now.has(formerReaderId(reader)),
    }));
  });
}

/** The versions of a file, newest first, with those of the file that it was moved from byte for byte. */
function lineageOf(
  path: string,
  byPath: ReadonlyMap<string, readonly AgeVersion[]>,
  byBlob: ReadonlyMap<string, readonly AgeVersion[]>,
): readonly AgeVersion[] {
  const line: AgeVersion[] = [];
  const visited = new Set<string>();
  for (let next: string | undefined = path; next !== undefined && !visited.has(next); ) {
    visited.add(next);
    const own: readonly AgeVersion[] = byPath.get(next) ?? [];
    // A merge names again what one of its parents has.
    for (const version of own) if (version.blob !== line.at(-1)?.blob) line.push(version);
    const first = own.at(-1);
    next = first?.isNew
      ? byBlob.get(first.blob)?.find((other) => !visited.has(other.path) && other.when <= first.when)?.path
      : undefined;
  }
  return line;
}
