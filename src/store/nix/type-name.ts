import type { Value } from './value.ts';

const names = {
  string: 'string',
  path: 'path',
  'search-path': 'path',
  list: 'list',
  attributes: 'set',
  lambda: 'lambda',
  builtin: 'lambda',
} as const;

/** As `builtins.typeOf` says it. */
export function typeName(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'float';
  return typeof value === 'boolean' ? 'bool' : names[value.kind];
}
