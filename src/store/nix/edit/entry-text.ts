import type { EntryStyle } from './entry-style.ts';
import { attributeName, quoteNix } from './nix-name.ts';
import type { RecipientOffer } from './rules-change.ts';

export interface NewEntry {
  readonly key: string;
  readonly recipients: readonly RecipientOffer[];
  readonly armor?: boolean;
}

/** `users ++ [ alice hosts.web1 ]`: groups as they are, keys between them in lists. */
function recipientsText(
  recipients: readonly RecipientOffer[],
  { pad, tallList, indent, unit }: Pick<EntryStyle, 'pad' | 'tallList' | 'indent' | 'unit'>,
  newline: string,
): string {
  const terms: (string | string[])[] = [];
  for (const { kind, text } of recipients) {
    const last = terms.at(-1);
    if (kind === 'group') terms.push(text);
    else if (Array.isArray(last)) last.push(text);
    else terms.push([text]);
  }
  const tall = tallList && terms.length === 1;
  const list = (items: readonly string[]): string =>
    tall
      ? ['[', ...items.map((item) => `${indent}${unit}${item}`), `${indent}]`].join(newline)
      : `[${pad}${items.join(' ')}${pad}]`;
  return terms.map((term) => (Array.isArray(term) ? list(term) : term)).join(' ++ ');
}

/** A new entry without the blanks before it; `column` is where its `=` goes if it can. */
export function entryText(
  entry: NewEntry,
  style: EntryStyle,
  newline: string,
  column: number | null,
): string {
  const { key, recipients, armor } = entry;
  const { indent, unit, afterEquals } = style;
  const name = style.bare ? attributeName(key) : quoteNix(key);
  const equalsAfter = (left: string): string => {
    const width = [...indent].length + [...left].length;
    return column === null ? style.beforeEquals : ' '.repeat(Math.max(1, column - width));
  };
  if (style.dotted && armor === undefined) {
    const left = `${name}.publicKeys`;
    return `${left}${equalsAfter(left)}=${afterEquals}${recipientsText(recipients, style, newline)};`;
  }
  const inner = { ...style, indent: style.tallSet && !style.dotted ? indent + unit : indent };
  const lines = [
    `publicKeys${style.beforeEquals}=${afterEquals}${recipientsText(recipients, inner, newline)};`,
    ...(armor === undefined ? [] : [`armor${style.beforeEquals}=${afterEquals}${armor};`]),
  ];
  const head = `${name}${style.beforeEquals}=${afterEquals}{`;
  return style.tallSet && !style.dotted
    ? [head, ...lines.map((line) => `${indent}${unit}${line}`), `${indent}};`].join(newline)
    : `${head} ${lines.join(' ')} };`;
}
