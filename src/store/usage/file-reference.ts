import { dirname, join, normalize } from 'node:path/posix';
import type { FileReference } from '../../core/usage/nix-facts.ts';
import type { Expression, StringPart } from '../nix/ast.ts';
import { decodeText } from '../nix/byte-string.ts';
import { literalParts } from './literal-parts.ts';

/** What is needed to follow the names in one file. */
export interface FileScope {
  readonly file: string;
  /** By name; `null` for a name that is bound more than once. */
  readonly locals: ReadonlyMap<string, Expression | null>;
  readonly exists: (path: string) => boolean;
  /** What was found of local names: a text that names many of them many times is worked out once. */
  readonly known: Map<Expression, Known | null>;
}

/** A text with at most one unknown part, which is in front. */
export interface Known {
  /** A directory from the root; `null` where it is not known what stands in front. */
  readonly base: string | null;
  readonly text: string;
}

const mostHops = 8;
/** Longer ones name no file. */
const mostText = 4_096;

/** The files that an expression may be: several where a condition decides. */
export function fileReferences(value: Expression, scope: FileScope): readonly FileReference[] {
  const { computed } = literalParts(value);
  return computed.map((one) => referenceOf(knownOf(one, scope, mostHops), scope));
}

function referenceOf(known: Known | null, { exists }: FileScope): FileReference {
  const text = known === null ? null : decodeText(known.text);
  if (known === null || text === null) return { kind: 'unknown' };
  if (known.base !== null) {
    const path = below(join(known.base, text));
    return path === null ? { kind: 'unknown' } : { kind: 'path', path, exists: exists(path) };
  }
  const end = text.slice(text.indexOf('/') + 1);
  return text.includes('/') && end !== '' && below(end) === end ? { kind: 'end', end } : { kind: 'unknown' };
}

/** `null` for what lies outside the root, or is the root. */
function below(path: string): string | null {
  const target = normalize(path).replace(/\/$/, '');
  return target === '..' || target === '.' || target.startsWith('../') || target.startsWith('/')
    ? null
    : target;
}

/** The file or directory that a path literal names, from the root. */
export function pathTarget(file: string, node: Expression): string | null {
  const known = node.type === 'path' ? ofPath(file, node.parts) : null;
  const text = known === null ? null : decodeText(known.text);
  return known === null || known.base === null || text === null ? null : below(join(known.base, text));
}

function knownOf(value: Expression, scope: FileScope, hops: number): Known | null {
  if (hops === 0) return null;
  switch (value.type) {
    case 'path':
      return ofPath(scope.file, value.parts);
    case 'string':
      return ofParts(value.parts, scope, hops);
    case 'binary':
      return value.operator === '+' ? ofParts([value.left, value.right], scope, hops) : null;
    case 'variable': {
      if (value.name === 'self') return { base: '.', text: '' };
      const bound = scope.locals.get(value.name);
      return bound ? knownOfLocal(bound, scope, hops - 1) : null;
    }
    case 'select':
      return isSelf(value) ? { base: '.', text: '' } : null;
    default:
      return null;
  }
}

function knownOfLocal(bound: Expression, scope: FileScope, hops: number): Known | null {
  const before = scope.known.get(bound);
  if (before !== undefined) return before;
  // What names itself is not known.
  scope.known.set(bound, null);
  const known = knownOf(bound, scope, hops);
  scope.known.set(bound, known);
  return known;
}

function ofPath(file: string, parts: readonly StringPart[]): Known | null {
  const [first] = parts;
  if (typeof first !== 'string' || first.startsWith('~') || first.startsWith('/')) return null;
  const last = parts.at(-1);
  if (parts.length === 1) return { base: dirname(file), text: first };
  return typeof last === 'string' ? { base: null, text: last } : null;
}

/** What is behind the last unknown part is known; with none, all is. */
function ofParts(parts: readonly StringPart[], scope: FileScope, hops: number): Known | null {
  let known: Known = { base: null, text: '' };
  for (const part of parts) {
    const next = typeof part === 'string' ? null : knownOf(part, scope, hops - 1);
    if (typeof part === 'string') known = { ...known, text: known.text + part };
    else if (next === null) known = { base: null, text: '' };
    else if (next.base === null) known = { base: known.base, text: known.text + next.text };
    else known = next;
    if (known.text.length > mostText) return null;
  }
  return known;
}

/** `inputs.self` and the like: the repository itself. */
function isSelf({ subject, path }: Extract<Expression, { type: 'select' }>): boolean {
  const names = path.at(-1) === 'outPath' ? path.slice(0, -1) : path;
  if (names.length === 0) return subject.type === 'variable' && subject.name === 'self';
  return names.at(-1) === 'self';
}
