import { encodeText, readable } from '../byte-string.ts';
import { positionIn } from '../provenance.ts';
import type { RulesInput } from '../read-rules.ts';
import type { RulesReading } from '../rules-reading.ts';
import { bodyOf } from './entry-places.ts';
import { styleOf } from './entry-style.ts';
import { entryText } from './entry-text.ts';
import { quoteNix } from './nix-name.ts';
import { expressionsOf, type ParsedSource } from './parsed-source.ts';
import { type Place, placesFor, placesOf } from './places.ts';
import { readersExpression } from './recipient-parts.ts';
import type { HandEdit, RulesChange } from './rules-change.ts';
import type { Statement } from './statements.ts';

/** The lines that a person would change: where they are, what goes, what comes. Empty where that is not known. */
export function handEdits(
  input: RulesInput,
  reading: RulesReading,
  sources: readonly ParsedSource[],
  change: RulesChange,
): readonly HandEdit[] {
  const places = placesOf(input, reading, sources);
  const at = ({ source }: ParsedSource, offset: number) => positionIn(input.root, source, offset);
  if (change.kind === 'add')
    return [additionByHand(input, places, sources, change)].filter((edit) => edit !== null);
  const written = places.flatMap(({ parsed, place }) =>
    (place.entries.get(change.key) ?? []).map((statement) => ({ parsed, place, statement })),
  );
  if (written.length === 0) return spelledOut(input, sources, change);
  return written.flatMap(({ parsed, place, statement }): readonly HandEdit[] => {
    const { start, end, names } = statement;
    const { text } = parsed.source;
    if (change.kind === 'remove')
      return [{ at: at(parsed, start), remove: readable(text.slice(start, end)), put: '' }];
    if (change.kind === 'rename') {
      const [first = { start, end }] = names;
      const old = readable(text.slice(first.start, first.end));
      return [{ at: at(parsed, first.start), remove: old, put: quoteNix(change.to) }];
    }
    const readers = readersExpression(place, change.key);
    if (readers === null) return throughOther(parsed, statement, change);
    const old = readable(text.slice(readers.start, readers.end));
    return change.kind === 'revoke'
      ? [{ at: at(parsed, readers.start), remove: change.recipient, put: '' }]
      : [{ at: at(parsed, readers.start), remove: old, put: `(${old}) ++ ${asList(change.recipient)}` }];
  });

  /** An entry that is what another name stands for: the reader can be added to this one alone. */
  function throughOther(
    parsed: ParsedSource,
    { equals, end }: Statement,
    own: RulesChange,
  ): readonly HandEdit[] {
    if (own.kind !== 'grant' || equals === null) return [];
    const { text } = parsed.source;
    const start = end - 1 - text.slice(equals + 1, end - 1).trimStart().length;
    const value = readable(text.slice(start, end - 1).trimEnd());
    const put = `${value} // { publicKeys = ${value}.publicKeys ++ ${asList(own.recipient)}; }`;
    return [{ at: at(parsed, start), remove: value, put }];
  }
}

const asList = ({ kind, text }: { readonly kind: 'key' | 'group'; readonly text: string }): string =>
  kind === 'group' ? text : `[ ${text} ]`;

/** Before the end of the rules, which is where an entry can be added in some way. */
function additionByHand(
  input: RulesInput,
  places: readonly Place[],
  sources: readonly ParsedSource[],
  change: Extract<RulesChange, { kind: 'add' }>,
): HandEdit | null {
  const [first] = placesFor(places, sources, change.key);
  const parsed = first?.parsed ?? sources[0];
  if (parsed === undefined) return null;
  const body = first?.place.set ?? bodyOf(parsed.root);
  const style = first === undefined ? plainStyle : styleOf(parsed, first.place);
  const offset = first === undefined ? body.start : body.end - 1;
  return {
    at: positionIn(input.root, parsed.source, offset),
    remove: '',
    put: entryText(change, style, '\n', null),
  };
}

const plainStyle = {
  indent: '  ',
  unit: '  ',
  dotted: true,
  tallSet: true,
  tallList: false,
  pad: ' ',
  beforeEquals: ' ',
  afterEquals: ' ',
  bare: false,
} as const;

/** Where the name of an entry that a function makes stands as a string. */
function spelledOut(
  input: RulesInput,
  sources: readonly ParsedSource[],
  change: Exclude<RulesChange, { kind: 'add' }>,
): readonly HandEdit[] {
  if (change.kind !== 'remove' && change.kind !== 'rename') return [];
  return sources.flatMap(({ root, source }) =>
    [...expressionsOf(root)]
      .filter(
        (node) =>
          node.type === 'string' && node.parts.length === 1 && node.parts[0] === encodeText(change.key),
      )
      .map(({ start, end }) => ({
        at: positionIn(input.root, source, start),
        remove: readable(source.text.slice(start, end)),
        put: change.kind === 'rename' ? quoteNix(change.to) : '',
      })),
  );
}
