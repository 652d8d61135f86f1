import { dirname, join, normalize } from 'node:path/posix';
import type { AgeReference, DeclaredMode } from '../../core/audit/survey.ts';
import type { Expression } from '../nix/ast.ts';
import { readable } from '../nix/byte-string.ts';
import { literalText, visit } from '../nix/visit.ts';
import { factsIn } from '../usage/facts-in.ts';
import { placeOfNode } from './place-of-node.ts';

/** No file names so many; a hostile one might. */
const most = 20_000;

/** Age files that one Nix file names by path literals or declares, and the modes of secrets that it declares. */
export function referencesIn(
  file: string,
  root: Expression,
  exists: (path: string) => boolean,
): { readonly references: readonly AgeReference[]; readonly modes: readonly DeclaredMode[] } {
  const named: { readonly node: Expression; readonly path: string }[] = [];
  const guarded = new Set<string>();
  /** Whether a file is there whose path is not plain. */
  let isAsked = false;
  const modes: DeclaredMode[] = [];
  for (const { node, path, isPart } of visit(root)) {
    if (node.type === 'apply' && isPathExists(node.fn)) {
      const asked = targetOf(file, node.argument);
      if (asked === null) isAsked = true;
      else guarded.add(asked);
    } else if (node.type === 'path' && !isPart) {
      const target = targetOf(file, node);
      if (target?.endsWith('.age') && named.length < most) named.push({ node, path: target });
    } else if (node.type === 'string' && path.at(-1) === 'mode') {
      const [set, secrets, secret] = path.slice(-4);
      const mode = literalText(node);
      if (
        set === 'age' &&
        secrets === 'secrets' &&
        secret !== undefined &&
        mode !== null &&
        modes.length < most
      ) {
        modes.push({ at: placeOfNode(file, node), secret: readable(secret), mode: readable(mode) });
      }
    }
  }
  // Who asks whether a file exists lives with the answer.
  const references = named
    .filter(({ path }) => !guarded.has(path))
    .map(({ node, path }) => ({ at: placeOfNode(file, node), path, exists: exists(path) }));
  const known = new Set([...guarded, ...named.map(({ path }) => path)]);
  const declared = isAsked
    ? []
    : declaredFiles(file, root, exists).filter(({ path }) => path.endsWith('.age') && !known.has(path));
  return { references: [...references, ...declared], modes };
}

/** Files of `age.secrets.<name>`, also those that start at the flake: `"${self}/secrets/db.age"`. */
function declaredFiles(
  file: string,
  root: Expression,
  exists: (path: string) => boolean,
): readonly AgeReference[] {
  return factsIn(file, root, exists).declarations.flatMap(({ at, files }) =>
    files.flatMap((one) => (one.kind === 'path' ? [{ at, path: one.path, exists: one.exists }] : [])),
  );
}

function isPathExists(fn: Expression): boolean {
  if (fn.type === 'variable') return fn.name === 'pathExists';
  return fn.type === 'select' && fn.path.at(-1) === 'pathExists';
}

/** From the root; `null` for what lies outside, or is no plain path that starts at its file. */
function targetOf(file: string, node: Expression): string | null {
  const text = node.type === 'path' ? literalText(node) : null;
  if (text === null || text.startsWith('/') || text.startsWith('~')) return null;
  const target = normalize(join(dirname(file), readable(text)));
  return target === '..' || target.startsWith('../') ? null : target;
}
