import { type Outcome, ok } from '../../../core/outcome.ts';
import type { Expression } from '../ast.ts';
import { encodeText } from '../byte-string.ts';
import { type RulesInput, readRules } from '../read-rules.ts';
import type { EntrySet } from './entry-places.ts';
import { attributeName, isBareName } from './nix-name.ts';
import { childrenOf, expressionsOf, type ParsedSource } from './parsed-source.ts';
import { type Place, placesFor, placesOf } from './places.ts';
import { probeExpressions } from './probe-expressions.ts';
import type { RecipientOffer } from './rules-change.ts';
import { sourcesOf } from './rules-sources.ts';

/** How deep into attribute sets names are looked for: `keys.users.alice`. */
const depthLimit = 3;
/** A set of more names is a library, not people and hosts. */
const namesLimit = 200;
const offersLimit = 500;

/**
 * The recipients and groups that a new entry called `key` can name, as identifiers or selects: what is in scope where it
 * would go and evaluates to keys, the most used first. Empty where rules are made by functions. Errors as of `readRules`.
 */
export function recipientOffers(input: RulesInput, key: string): Outcome<readonly RecipientOffer[]> {
  const reading = readRules(input);
  if (!reading.ok) return reading;
  const sources = sourcesOf(input, reading.value);
  const [best] = placesFor(placesOf(input, reading.value, sources), sources, key);
  return ok(best === undefined ? [] : offersAt(input, best));
}

function offersAt(input: RulesInput, { parsed, place }: Place): readonly RecipientOffer[] {
  const { names, scopes } = namesInScope(parsed, place);
  const probe = (expressions: readonly string[]) => probeExpressions(input, parsed, place.set, expressions);
  const fromScopes = probe(scopes.map((scope) => `builtins.attrNames (${scope})`)).flatMap(
    (found) => found ?? [],
  );
  let level = [
    ...new Set([...names.filter(isBareName), ...fromScopes.filter(isBareName).slice(0, namesLimit)]),
  ];
  const uses = usesIn(parsed, place);
  const offers: RecipientOffer[] = [];
  for (let depth = 0; depth < depthLimit && level.length > 0; depth += 1) {
    const texts = level.slice(0, offersLimit).map(encodeText);
    const lists = probe(texts);
    const keys = probe(texts.map((text) => `[ ${text} ]`));
    const inner = probe(texts.map((text) => `builtins.attrNames ${text}`));
    const next: string[] = [];
    for (const [index, text] of level.slice(0, offersLimit).entries()) {
      const found = keys[index] ?? lists[index] ?? null;
      const used = uses.get(text) ?? 0;
      if (found?.every(isKey))
        offers.push({ text, kind: keys[index] ? 'key' : 'group', keys: found, uses: used });
      const inside = inner[index] ?? [];
      if (inside.length <= namesLimit) next.push(...inside.map((name) => `${text}.${attributeName(name)}`));
    }
    level = next;
  }
  return offers.toSorted((one, other) => other.uses - one.uses || (one.text < other.text ? -1 : 1));
}

const isKey = (text: string): boolean => /^(age1|ssh-(ed25519|rsa) )/.test(text);

/** Names that a `let` around the set defines, and the sets that a `with` around it opens. */
function namesInScope(
  { root, source }: ParsedSource,
  { set }: EntrySet,
): { names: readonly string[]; scopes: readonly string[] } {
  const names: string[] = [];
  const scopes: string[] = [];
  let node: Expression | undefined = root;
  while (node !== undefined && node !== set) {
    if (node.type === 'let' && holds(node.body, set)) names.push(...node.bindings.bindings.keys());
    if (node.type === 'with' && holds(node.body, set))
      scopes.push(source.text.slice(node.scope.start, node.scope.end));
    node = childrenOf(node).find((child) => holds(child, set));
  }
  return { names, scopes };
}

const holds = (node: Expression, inner: Expression): boolean =>
  node.start <= inner.start && node.end >= inner.end;

/** How many entries mention each name or select. */
function usesIn({ source }: ParsedSource, { set, entries }: EntrySet): ReadonlyMap<string, number> {
  const own = [...entries.values()].flat();
  const users = new Map<string, Set<number>>();
  for (const node of expressionsOf(set)) {
    if (node.type !== 'variable' && node.type !== 'select') continue;
    const statement = own.findIndex(({ start, end }) => node.start >= start && node.end <= end);
    if (statement < 0) continue;
    const text = source.text.slice(node.start, node.end);
    users.set(text, (users.get(text) ?? new Set()).add(statement));
  }
  return new Map([...users].map(([text, statements]) => [text, statements.size]));
}
