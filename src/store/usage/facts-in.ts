import type { Place } from '../../core/audit/survey.ts';
import type { FileMention, NixFacts, SecretDeclaration, UseSite } from '../../core/usage/nix-facts.ts';
import type { Expression } from '../nix/ast.ts';
import { decodeText, readable } from '../nix/byte-string.ts';
import { lineAndColumn } from '../nix/source.ts';
import { literalText, type Visited, visit } from '../nix/visit.ts';
import { placeOfNode } from '../survey/place-of-node.ts';
import { configurationsIn } from './configurations-in.ts';
import { consumerOf } from './consumer-of.ts';
import { declarationsIn } from './declarations-in.ts';
import { type FileScope, pathTarget } from './file-reference.ts';
import { selectedNames } from './selected-names.ts';

/** No file says so much; a hostile one might. */
const most = 5_000;

/** What one Nix file says, at most so much of each kind. */
export function factsIn(file: string, root: Expression, exists: (path: string) => boolean): NixFacts {
  const scope: FileScope = { file, locals: localsIn(root), exists, known: new Map() };
  const reading = new Reading(scope);
  for (const visited of visit(root)) reading.take(visited);
  return reading.facts(root);
}

function localsIn(root: Expression): FileScope['locals'] {
  const locals = new Map<string, Expression | null>();
  for (const { node, binding } of visit(root)) {
    if (binding?.kind !== 'let' || binding.inherits !== 'no') continue;
    locals.set(binding.name, locals.has(binding.name) ? null : node);
  }
  return locals;
}

type Select = Extract<Expression, { type: 'select' }>;

/** A use whose text says nothing of what it is for, but that a local name carries further. */
interface Carried {
  readonly name: string;
  readonly at: Place;
  readonly local: string;
}

class Reading {
  readonly #scope: FileScope;
  readonly #declarations: SecretDeclaration[] = [];
  readonly #uses: UseSite[] = [];
  readonly #carried: Carried[] = [];
  readonly #mentions: FileMention[] = [];
  readonly #computed: Place[] = [];
  readonly #hostNames: NixFacts['hostNames'][number][] = [];
  readonly #configurations: NixFacts['configurations'][number][] = [];
  readonly #imports = new Set<string>();
  readonly #hostKeys: NixFacts['hostKeys'][number][] = [];
  readonly #parts = new Set<Expression>();
  /** Names that stand for `config.age.secrets`. */
  readonly #aliases = new Set<string>();

  constructor(scope: FileScope) {
    this.#scope = scope;
  }

  take(visited: Visited): void {
    const { node, binding, path } = visited;
    if (node.type === 'select') this.#select(node, visited);
    if (node.type === 'path') this.#path(node, path);
    if (binding === null) return;
    const { name } = binding;
    const outer = path.at(-2);
    if (name === 'secrets' && outer === 'age') this.#declare(node);
    else if (name === 'hostName' && outer === 'networking') this.#hostName(node);
    else if (name === 'hostPubkey' && outer === 'rekey') this.#hostKey(node);
    else if (name === 'nixosConfigurations') {
      this.#configurations.push(...configurationsIn(node, this.#scope));
    }
  }

  facts(root: Expression): NixFacts {
    if (this.#aliases.size > 0 || this.#carried.length > 0) this.#followNames(root);
    return {
      file: this.#scope.file,
      declarations: this.#declarations,
      uses: this.#uses,
      mentions: this.#mentions,
      computed: this.#computed,
      hostNames: this.#hostNames,
      configurations: this.#configurations,
      imports: [...this.#imports],
      hostKeys: this.#hostKeys,
    };
  }

  #declare(value: Expression): void {
    const { declarations, computed } = declarationsIn(value, this.#scope);
    const room = most - this.#declarations.length;
    this.#declarations.push(...declarations.slice(0, Math.max(0, room)));
    for (const place of computed) this.#compute(place);
  }

  #compute(place: Place): void {
    if (this.#computed.length < most) this.#computed.push(place);
  }

  #select(node: Select, visited: Visited): void {
    if (this.#parts.has(node)) return;
    const { names, inner } = selectedNames(node);
    const at = names.findIndex((name, index) => name === 'age' && names[index + 1] === 'secrets');
    if (at === -1) return;
    for (const part of inner) this.#parts.add(part);
    const name = names[at + 2];
    if (typeof name === 'string') this.#use(name, node, visited);
    else if (name === undefined && visited.binding?.inherits === 'no')
      this.#aliases.add(visited.binding.name);
    else this.#compute(placeOfNode(this.#scope.file, node));
  }

  #use(name: string, node: Expression, { option, local }: Visited): void {
    if (this.#uses.length + this.#carried.length >= most) return;
    const at = placeOfNode(this.#scope.file, node);
    const by = consumerOf(option);
    const use = { name: readable(name), at };
    if (by === null && local !== null) this.#carried.push({ ...use, local });
    else this.#uses.push({ ...use, by });
  }

  /** Local names for all secrets, or for a value made of one, lead to what uses them. */
  #followNames(root: Expression): void {
    const carried = Map.groupBy(this.#carried, ({ local }) => local);
    const found = new Set<Carried>();
    this.#carried.length = 0;
    for (const visited of visit(root)) {
      const { node, option } = visited;
      if (node.type === 'variable') {
        const by = consumerOf(option);
        if (by === null || this.#uses.length >= most) continue;
        for (const one of carried.get(node.name) ?? []) {
          found.add(one);
          this.#uses.push({ name: one.name, at: placeOfNode(this.#scope.file, node), by });
        }
      } else if (node.type === 'select' && !this.#parts.has(node)) {
        const { names } = selectedNames(node);
        const [root, name] = names;
        if (typeof root === 'string' && typeof name === 'string' && this.#aliases.has(root)) {
          this.#use(name, node, visited);
        }
      }
    }
    for (const one of [...[...carried.values()].flat(), ...this.#carried]) {
      if (!found.has(one)) this.#uses.push({ name: one.name, at: one.at, by: null });
    }
  }

  #path(node: Expression, path: readonly string[]): void {
    const target = pathTarget(this.#scope.file, node);
    if (target === null) return;
    if (target.endsWith('.age')) {
      if (this.#mentions.length < most) {
        this.#mentions.push({ path: target, at: placeOfNode(this.#scope.file, node) });
      }
    } else if (path.includes('imports') && this.#imports.size < most) this.#imports.add(target);
  }

  #hostName(node: Expression): void {
    const name = decodeText(literalText(node) ?? '');
    if (name !== null && name !== '' && this.#hostNames.length < most) {
      this.#hostNames.push({ name, at: placeOfNode(this.#scope.file, node) });
    }
  }

  #hostKey(node: Expression): void {
    if (this.#hostKeys.length >= most) return;
    const at = { file: this.#scope.file, ...lineAndColumn(node.source, node.start) };
    const text = node.type === 'string' ? decodeText(literalText(node) ?? '') : null;
    const path = pathTarget(this.#scope.file, node);
    if (path !== null) this.#hostKeys.push({ key: { kind: 'file', path }, at });
    else if (text !== null && text !== '') this.#hostKeys.push({ key: { kind: 'text', text }, at });
  }
}
