import type { AttributeName, AttributesNode, Expression, StringPart } from '../../../src/store/nix/ast.ts';

const quote = (text: string): string =>
  `"${text
    .replace(/["\\]|\$(?=\{)/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')}"`;

const partsOf = (parts: readonly StringPart[]): string =>
  `"${parts
    .map((part, index) => {
      if (typeof part !== 'string') return `\${${print(part)}}`;
      const text = quote(part).slice(1, -1);
      // A lone $ before an interpolation would hide it.
      return index < parts.length - 1 ? text.replace(/\$$/, '\\$') : text;
    })
    .join('')}"`;

const nameOf = (name: AttributeName): string =>
  typeof name === 'string' ? quote(name) : `\${(${print(name)})}`;

const pathOf = (path: readonly AttributeName[]): string => path.map(nameOf).join('.');

function bindingsOf(set: AttributesNode): string {
  const bindings = [...set.bindings.values()].map((binding) => {
    const name = quote(binding.name);
    if (binding.inherits === 'scope') return `inherit ${name};`;
    if (binding.inherits === 'from' && binding.value.type === 'select') {
      return `inherit (${print(binding.value.subject)}) ${name};`;
    }
    return `${name} = ${print(binding.value)};`;
  });
  const dynamic = set.dynamic.map(({ name, value }) => `${nameOf(name)} = ${print(value)};`);
  return [...bindings, ...dynamic].join(' ');
}

/** Nix text of a tree, every operand in parentheses. Two trees that print the same mean the same. */
export function print(node: Expression): string {
  const inner = (child: Expression) => `(${print(child)})`;
  switch (node.type) {
    case 'int':
      return String(node.value);
    case 'float':
      return node.value.toFixed(6);
    case 'string':
      return partsOf(node.parts);
    case 'path':
      return node.parts.map((part) => (typeof part === 'string' ? part : `\${${print(part)}}`)).join('');
    case 'search-path':
      return `<${node.name}>`;
    case 'variable':
      return node.name;
    case 'select': {
      const fallback = node.fallback === null ? '' : ` or ${inner(node.fallback)}`;
      return `${inner(node.subject)}.${pathOf(node.path)}${fallback}`;
    }
    case 'has':
      return `${inner(node.subject)} ? ${pathOf(node.path)}`;
    case 'apply':
      return `${inner(node.fn)} ${inner(node.argument)}`;
    case 'lambda': {
      const formals = node.pattern?.formals.map(
        ({ name, fallback }) => name + (fallback === null ? '' : ` ? ${print(fallback)}`),
      );
      const open = node.pattern?.open ? ['...'] : [];
      const pattern = formals === undefined ? null : `{ ${[...formals, ...open].join(', ')} }`;
      const head = [node.parameter, pattern].filter((part) => part !== null).join('@');
      return `${head}: ${print(node.body)}`;
    }
    case 'let':
      return `let ${bindingsOf(node.bindings)} in ${print(node.body)}`;
    case 'with':
      return `with ${print(node.scope)}; ${print(node.body)}`;
    case 'assert':
      return `assert ${print(node.condition)}; ${print(node.body)}`;
    case 'if':
      return `if ${print(node.condition)} then ${print(node.then)} else ${print(node.otherwise)}`;
    case 'attributes':
      return `${node.recursive ? 'rec ' : ''}{ ${bindingsOf(node)} }`;
    case 'list':
      return `[ ${node.items.map(inner).join(' ')} ]`;
    case 'unary':
      return `${node.operator} ${inner(node.operand)}`;
    case 'binary':
      return `${inner(node.left)} ${node.operator} ${inner(node.right)}`;
  }
}

/** Every expression in a tree, itself included. */
export function* expressionsIn(node: Expression): Generator<Expression> {
  yield node;
  for (const child of childrenOf(node)) yield* expressionsIn(child);
}

function childrenOf(node: Expression): readonly Expression[] {
  const some = (parts: readonly (string | Expression | null)[]) =>
    parts.filter((part): part is Expression => typeof part === 'object' && part !== null);
  const ofSet = (set: AttributesNode) => [
    ...[...set.bindings.values()]
      .filter((binding) => binding.inherits === 'no')
      .map((binding) => binding.value),
    ...set.dynamic.flatMap(({ name, value }) => [name, value]),
  ];
  switch (node.type) {
    case 'string':
    case 'path':
      return some(node.parts);
    case 'select':
      return some([node.subject, ...node.path, node.fallback]);
    case 'has':
      return some([node.subject, ...node.path]);
    case 'apply':
      return [node.fn, node.argument];
    case 'lambda':
      return some([...(node.pattern?.formals.map((formal) => formal.fallback) ?? []), node.body]);
    case 'let':
      return [...ofSet(node.bindings), node.body];
    case 'with':
      return [node.scope, node.body];
    case 'assert':
      return [node.condition, node.body];
    case 'if':
      return [node.condition, node.then, node.otherwise];
    case 'attributes':
      return ofSet(node);
    case 'list':
      return node.items;
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    default:
      return [];
  }
}
