import type { Expression, StringNode } from './ast.ts';
import { toText } from './coerce.ts';
import { suspend } from './evaluate.ts';
import { limits } from './limits.ts';
import { fail, text } from './machine.ts';
import { canonical, directoryOf } from './nix-path.ts';
import { mainOrigin } from './origin.ts';
import type { Machine, NixPath, NixString, Scope } from './value.ts';

export function evaluateString(machine: Machine, node: StringNode, scope: Scope): NixString {
  const { source, start, end } = node;
  const [first] = node.parts;
  if (node.parts.length === 0 || (node.parts.length === 1 && typeof first === 'string')) {
    const written = { kind: 'literal', source, start, end } as const;
    return text(machine, typeof first === 'string' ? first : '', { written, labels: null });
  }
  let joined = '';
  const interpolated: NixString[] = [];
  for (const part of node.parts) {
    if (typeof part === 'string') joined += part;
    else {
      const value = toText(machine, suspend(part, scope), { more: false, paths: false });
      machine.at = node;
      interpolated.push(value);
      joined += value.text;
    }
    if (joined.length > limits.stringBytes) fail(machine, 'limit', 'a string grows too long');
  }
  const written = { kind: 'literal', source, start, end } as const;
  return text(machine, joined, mainOrigin(interpolated) ?? { written, labels: null });
}

/** Relative paths start at the directory of the file they are written in. */
export function evaluatePath(
  machine: Machine,
  node: Extract<Expression, { type: 'path' }>,
  scope: Scope,
): NixPath {
  let joined = '';
  node.parts.forEach((part, index) => {
    if (typeof part !== 'string') {
      joined += toText(machine, suspend(part, scope), { more: false, paths: true }).text;
      machine.at = node;
    } else if (index > 0) joined += part;
    else if (part.startsWith('~')) fail(machine, 'unsupported', 'a path in the home directory');
    else {
      const absolute = part.startsWith('/') ? part : `${directoryOf(node.source.path)}/${part}`;
      const trailing = node.parts.length > 1 && part.endsWith('/') ? '/' : '';
      joined = `${canonical(absolute)}${trailing}`;
    }
    if (joined.length > limits.stringBytes) fail(machine, 'limit', 'a path grows too long');
  });
  return { kind: 'path', text: canonical(joined) };
}
