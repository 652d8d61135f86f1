import type { NixFacts } from '../../core/usage/nix-facts.ts';
import type { Expression } from '../nix/ast.ts';
import { readable } from '../nix/byte-string.ts';
import { visit } from '../nix/visit.ts';
import { placeOfNode } from '../survey/place-of-node.ts';
import { type FileScope, pathTarget } from './file-reference.ts';
import { calledName, literalParts, plainInside } from './literal-parts.ts';

type Configuration = NixFacts['configurations'][number];

const most = 1_000;
/** Expressions looked at for the modules of one set of hosts. */
const mostSteps = 50_000;

/** The hosts that `nixosConfigurations = value` names, each with the files that its value and the functions in it name. */
export function configurationsIn(value: Expression, scope: FileScope): readonly Configuration[] {
  const { sets } = literalParts(value, insideHosts);
  const steps = { left: mostSteps };
  const common = value.type === 'apply' ? pathsFrom(value.fn, scope, steps) : [];
  return sets
    .flatMap((set) => [...set.bindings.values()])
    .slice(0, most)
    .map((binding) => ({
      name: readable(binding.name),
      at: placeOfNode(scope.file, binding),
      modules: [...new Set([...pathsFrom(binding.value, scope, steps), ...common])],
    }));
}

/** `mapAttrs mkHost { … }` has the names of its set; `withSystem` gives what its function gives. */
function insideHosts(node: Expression): readonly Expression[] | null {
  if (node.type !== 'apply') return plainInside(node);
  const name = calledName(node.fn);
  if (name === 'mapAttrs') return [node.argument];
  return name === 'withSystem' && node.argument.type === 'lambda' ? [node.argument.body] : plainInside(node);
}

/** Path literals in a value, and in the local functions that it calls. */
function pathsFrom(value: Expression, scope: FileScope, steps: { left: number }): readonly string[] {
  const paths: string[] = [];
  const seen = new Set<Expression>([value]);
  for (const root of seen) {
    for (const { node } of visit(root)) {
      steps.left -= 1;
      if (steps.left < 0) return paths;
      const target = pathTarget(scope.file, node);
      if (target !== null) paths.push(target);
      const local = node.type === 'variable' ? scope.locals.get(node.name) : undefined;
      if (local) seen.add(local);
    }
  }
  return paths;
}
