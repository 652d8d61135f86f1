import type { Place } from '../../core/audit/survey.ts';
import type { FileReference, SecretDeclaration } from '../../core/usage/nix-facts.ts';
import type { Expression } from '../nix/ast.ts';
import { readable } from '../nix/byte-string.ts';
import { literalText, visit } from '../nix/visit.ts';
import { placeOfNode } from '../survey/place-of-node.ts';
import { type FileScope, fileReferences, pathTarget } from './file-reference.ts';
import { literalParts } from './literal-parts.ts';

/** What `age.secrets = value` declares. */
export function declarationsIn(
  value: Expression,
  scope: FileScope,
): { readonly declarations: readonly SecretDeclaration[]; readonly computed: readonly Place[] } {
  const { sets, computed } = literalParts(value);
  const places = computed.map((part) => placeOfNode(scope.file, part));
  const declarations = sets.flatMap((set) => {
    places.push(...set.dynamic.map((part) => placeOfNode(scope.file, part)));
    return [...set.bindings.values()].map((binding) =>
      declarationOf(readable(binding.name), placeOfNode(scope.file, binding), binding.value, scope),
    );
  });
  return { declarations, computed: places };
}

function declarationOf(name: string, at: Place, value: Expression, scope: FileScope): SecretDeclaration {
  const { sets, computed } = literalParts(value);
  const valuesOf = (property: string): readonly Expression[] =>
    sets.flatMap((set) => set.bindings.get(property)?.value ?? []);
  const literal = (property: string): string | null => {
    const texts = valuesOf(property).flatMap((one) => literalText(one) ?? []);
    return texts[0] === undefined ? null : readable(texts[0]);
  };
  const files: readonly FileReference[] = [
    ...['file', 'rekeyFile'].flatMap((property) =>
      valuesOf(property).flatMap((one) => [...fileReferences(one, scope)]),
    ),
    ...computed.flatMap((one) => ageFilesNamedIn(one, scope)),
  ];
  return {
    name,
    at,
    files,
    owner: literal('owner'),
    group: literal('group'),
    mode: literal('mode'),
    path: literal('path'),
  };
}

/** `mkSecret ./db.age`: what a function is given names the file, most likely. */
function ageFilesNamedIn(value: Expression, scope: FileScope): readonly FileReference[] {
  const files: FileReference[] = [];
  for (const { node } of visit(value)) {
    const path = pathTarget(scope.file, node);
    if (path?.endsWith('.age')) files.push({ kind: 'path', path, exists: scope.exists(path) });
  }
  return files;
}
