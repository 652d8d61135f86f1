import type { Place } from '../../core/audit/survey.ts';
import type { Secret } from '../../core/secret.ts';
import { sayHosts, sayUse, staticGuess, whyIncomplete } from '../../core/usage/say-usage.ts';
import type { Declared, Used, WhereUsed } from '../../core/usage/where-used.ts';
import type { Pen } from '../pen.ts';
import type { Model } from '../state/model.ts';
import { type Span, span, wrapText } from '../styled-text.ts';

type Line = readonly Span[];

/** So many of each kind; `who --used` tells all. */
const most = 6;

/** Where the Nix files seem to use a secret. Last of the facts: how many lines it takes is not known before. */
export function usageLines({ uses }: Model, pen: Pen, { id }: Secret, width: number): readonly Line[] {
  const title: Line = [span('used by', 'title'), span(`  (${staticGuess})`, 'quiet')];
  if (uses === null) return [[], title];
  if (uses === 'unknown') return [[], title, [span('  the Nix files could not be read', 'quiet')]];
  const { declared, used, named } = uses.of(id);
  const placed = [
    ...used.slice(0, most).flatMap((one) => useLines(pen, one, width)),
    ...more(used.length - most),
    ...declared.slice(0, most).flatMap((one) => declaredLines(pen, one, width)),
    ...more(declared.length - most),
    ...named.slice(0, most).map(({ at }) => placeLine(pen, 'named in', at, width)),
    ...more(named.length - most),
  ];
  const nothing = used.length > 0 ? [] : [[span('  no use found', 'quiet')]];
  return [[], title, ...nothing, ...placed, ...doubtLines(uses, pen, used.length, width)];
}

const more = (count: number): readonly Line[] => (count > 0 ? [[span(`  and ${count} more`, 'quiet')]] : []);

const useLines = (pen: Pen, use: Used, width: number): readonly Line[] => [
  ...textLines(pen, sayUse(use), width),
  placeLine(pen, '', use.at, width),
];

function declaredLines(pen: Pen, declared: Declared, width: number): readonly Line[] {
  const { name, owner, group, mode, hosts, at } = declared;
  const on = sayHosts(hosts);
  const says = [
    `declared as ${name}${on === '' ? '' : ` on ${on}`}`,
    ...(owner === null && group === null ? [] : [`owner ${owner ?? ''}${group === null ? '' : `:${group}`}`]),
    ...(mode === null ? [] : [`mode ${mode}`]),
  ].join(', ');
  return [...textLines(pen, says, width), placeLine(pen, '', at, width)];
}

const textLines = (pen: Pen, text: string, width: number): readonly Line[] =>
  wrapText(pen.show(text), Math.max(8, width - 2)).map((line) => [span(`  ${line}`)]);

function placeLine(pen: Pen, label: string, { file, line }: Place, width: number): Line {
  const before = label === '' ? '    ' : `  ${label} `;
  const room = Math.max(8, width - before.length);
  return [span(before, 'quiet'), span(pen.middle(pen.show(`${file}:${line}`), room), 'quiet')];
}

/** What speaks for uses that were not found matters most where none was. */
function doubtLines(uses: WhereUsed, pen: Pen, found: number, width: number): readonly Line[] {
  const why = found > 0 ? null : whyIncomplete(uses);
  if (why === null) return [];
  return wrapText(pen.show(why), Math.max(8, width - 2)).map((text) => [span(`  ${text}`, 'quiet')]);
}
