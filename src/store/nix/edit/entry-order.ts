import type { EntrySet } from './entry-places.ts';
import { directoryOfEntry } from './entry-style.ts';
import type { Statement } from './statements.ts';

interface Sibling {
  readonly name: string;
  readonly statement: Statement;
}

const siblingsOf = ({ statements, entries }: EntrySet): readonly Sibling[] => {
  const own = new Set([...entries.values()].flat());
  return statements.flatMap((statement) => {
    const name = statement.equals === null ? null : (statement.names[0]?.name ?? null);
    return own.has(statement) && name !== null ? [{ name, statement }] : [];
  });
};

/** Where a new entry goes: right beside this statement. */
export interface Spot {
  readonly beside: Statement;
  readonly side: 'before' | 'after';
}

/** `null` in a set without statements. */
export function placeFor(place: EntrySet, name: string): Spot | null {
  const siblings = siblingsOf(place);
  if (orderOf(siblings) !== null) return inOrder(siblings, name);
  for (let directory = directoryOfEntry(name); directory !== ''; directory = directoryOfEntry(directory)) {
    const near = siblings.filter((one) => one.name.startsWith(`${directory}/`));
    if (near.length > 0) return inOrder(near, name);
  }
  const last = siblings.at(-1)?.statement ?? place.statements.at(-1);
  return last === undefined ? null : { beside: last, side: 'after' };
}

/** At its place in the order the siblings are in; behind the last when they are in none. */
function inOrder(siblings: readonly Sibling[], name: string): Spot | null {
  const order = orderOf(siblings);
  const [first] = siblings;
  const last = order === null ? siblings.at(-1) : siblings.findLast((one) => order(one.name, name) <= 0);
  if (last !== undefined) return { beside: last.statement, side: 'after' };
  return first === undefined ? null : { beside: first.statement, side: 'before' };
}

type Order = (one: string, other: string) => number;

const byBytes: Order = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
const byLetters: Order = (one, other) => byBytes(one.toLowerCase(), other.toLowerCase());
/** As many sort programs do: only letters and digits count. */
const byWords: Order = (one, other) => byBytes(words(one), words(other));
const words = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The order that three or more siblings are in, if any: two are in one by chance. */
function orderOf(siblings: readonly Sibling[]): Order | null {
  if (siblings.length < 3) return null;
  const holds = (order: Order): boolean =>
    siblings.every(({ name }, index) => index === 0 || order(siblings[index - 1]?.name ?? '', name) <= 0);
  return [byBytes, byLetters, byWords].find(holds) ?? null;
}

/** The statements that no blank line separates from the one at `index`. */
export function paragraphOf(
  text: string,
  statements: readonly Statement[],
  index: number,
): readonly Statement[] {
  let from = index;
  let to = index;
  while (from > 0 && !isApart(text, statements[from - 1], statements[from])) from -= 1;
  while (to + 1 < statements.length && !isApart(text, statements[to], statements[to + 1])) to += 1;
  return statements.slice(from, to + 1);
}

export const isApart = (text: string, one: Statement | undefined, other: Statement | undefined): boolean =>
  /\n[ \t\r]*\n/.test(text.slice(one?.end, other?.start));

/** Whether a blank line parts the new entry from its neighbour, as it does most pairs of as near or as far relatives. */
export function needsBlank(text: string, place: EntrySet, { beside, side }: Spot, name: string): boolean {
  const { statements } = place;
  const next = statements[statements.indexOf(beside) + 1];
  // Nothing is torn apart: where two entries stand together, a third stands with them.
  if (side === 'after' && next !== undefined && !isApart(text, beside, next)) return false;
  const siblings = siblingsOf(place);
  const pairs = siblings.slice(1).map(({ statement, name: own }, index) => {
    const before = siblings[index];
    const together = directoryOfEntry(before?.name ?? '') === directoryOfEntry(own);
    return { together, apart: isApart(text, before?.statement, statement) };
  });
  const neighbour = siblings.find(({ statement }) => statement === beside);
  const together = directoryOfEntry(neighbour?.name ?? '') === directoryOfEntry(name);
  const alike = pairs.filter((pair) => pair.together === together);
  const judged = alike.length > 0 ? alike : pairs;
  return judged.filter(({ apart }) => apart).length * 2 > judged.length;
}
