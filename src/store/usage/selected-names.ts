import type { Expression } from '../nix/ast.ts';

type Select = Extract<Expression, { type: 'select' }>;

/** `config.age.secrets.db.path` as names, the variable first; `null` stands for what only an evaluation knows. */
export function selectedNames(node: Select): {
  readonly names: readonly (string | null)[];
  /** The selections inside it, which are parts of it and say nothing of their own. */
  readonly inner: readonly Select[];
} {
  const names: (string | null)[] = [];
  const inner: Select[] = [];
  let at: Expression = node;
  while (at.type === 'select') {
    if (at !== node) inner.push(at);
    names.push(...at.path.map((name) => (typeof name === 'string' ? name : null)).toReversed());
    at = at.subject;
  }
  names.push(at.type === 'variable' ? at.name : null);
  return { names: names.toReversed(), inner };
}
