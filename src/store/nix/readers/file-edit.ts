import { fail, ok } from '../../../core/outcome.ts';
import type { HandEdit, RulesEdit } from '../edit/rules-change.ts';
import type { DirectoryEntryKind, NixFiles } from '../nix-files.ts';

/** One file as it is and as it must become; `null` where there is none. */
export interface FileEdit {
  /** Absolute. */
  readonly path: string;
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
}

/** The files as they must become, already evaluated; or a refusal, with the lines to edit by hand where known. */
export type FilesEdit =
  | { readonly ok: true; readonly value: readonly FileEdit[] }
  | {
      readonly ok: false;
      readonly error: Extract<RulesEdit, { ok: false }>['error'];
      readonly byHand: readonly HandEdit[];
    };

/** The files as the edits leave them, down to what a directory lists. */
export function withEdits(files: NixFiles, edits: readonly FileEdit[]): NixFiles {
  const edited = new Map(edits.map(({ path, after }) => [path, after]));
  const below = (path: string): readonly (readonly [string, Uint8Array | null])[] =>
    [...edited].filter(([one]) => one.startsWith(`${path}/`));
  return {
    readFile(path) {
      const content = edited.get(path);
      if (content === undefined) return files.readFile(path);
      return content === null ? fail('not-found', 'no such file') : ok(content);
    },
    readDirectory(path) {
      const listed = files.readDirectory(path);
      const inside = below(path);
      if (inside.length === 0 || (!listed.ok && listed.error.code !== 'not-found')) return listed;
      const entries = new Map<string, DirectoryEntryKind>(listed.ok ? listed.value : []);
      for (const [one, content] of inside) {
        const [name = '', ...rest] = one.slice(path.length + 1).split('/');
        if (rest.length > 0) entries.set(name, 'directory');
        else if (content === null) entries.delete(name);
        else entries.set(name, entries.get(name) ?? 'regular');
      }
      return ok(entries);
    },
    exists(path) {
      const content = edited.get(path);
      if (content !== undefined) return content !== null;
      return files.exists(path) || below(path).some(([, one]) => one !== null);
    },
    readLink: (path) => files.readLink(path),
  };
}

/** Edits on top of others: the first `before` and the last `after` of each file; what comes to nothing is left out. */
export function joinEdits(edits: readonly FileEdit[]): readonly FileEdit[] {
  const joined = new Map<string, FileEdit>();
  for (const edit of edits)
    joined.set(edit.path, { ...edit, before: joined.get(edit.path)?.before ?? edit.before });
  return [...joined.values()].filter(({ before, after }) => !sameBytes(before, after));
}

const sameBytes = (one: Uint8Array | null, other: Uint8Array | null): boolean =>
  one === null || other === null ? one === other : Buffer.from(one).equals(other);
