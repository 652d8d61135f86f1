import type { YamlModule } from '../yaml-payload.ts';

export interface ScalarPlace {
  /** The scalar as written, whose style is followed; empty where there is none yet. */
  readonly kept: string;
  /** Inside `[]` or `{}`, where no block can stand. */
  readonly inFlow: boolean;
  /** Column of the key or `-` it belongs to: a block must stand further right. */
  readonly indent: number;
}

/** Spellings of a string value, the style of the scalar that it replaces first, then the closest that can hold it. */
export function scalarSpellings(value: string, place: ScalarPlace, yaml: YamlModule): readonly string[] {
  const spell = {
    plain: () => plain(value, place, yaml),
    single: () =>
      /[\n\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]/.test(value)
        ? null
        : `'${value.replaceAll("'", "''")}'`,
    block: () =>
      place.inFlow || (!value.includes('\n') && !isBlock(place.kept)) ? null : block(value, place),
    double: () => double(value),
  };
  const first = place.kept.charAt(0);
  const order =
    first === '"'
      ? (['double'] as const)
      : first === "'"
        ? (['single', 'double'] as const)
        : isBlock(place.kept)
          ? (['block', 'double'] as const)
          : (['plain', 'block', 'double'] as const);
  return order.map((style) => spell[style]()).filter((spelling) => spelling !== null);
}

/** What YAML wants escaped, tabs and newlines too. */
const unprintable = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]/;

const isBlock = (source: string): boolean => /^[|>]/.test(source);

/**
 * Only where YAML 1.1 and 1.2 both read the text as it stands: as a string, or as the kind of scalar that was there
 * (a number stays a number). `yes`, `0755` or a date would change with the reader.
 */
function plain(value: string, { kept, inFlow }: ScalarPlace, yaml: YamlModule): string | null {
  if (unprintable.test(value) || /^$|^[\s?:,[\]{}#&*!|>'"%@`]|^-[^\w.]|:(?:\s|$)|\s#|\s$/.test(value))
    return null;
  if (inFlow && /[,[\]{}]/.test(value)) return null;
  const kind = kindOf(value, '1.2', yaml);
  const string = kind === 'string' && kindOf(value, '1.1', yaml) === 'string';
  return string || (kept !== '' && kind !== 'string' && kind === kindOf(kept, '1.2', yaml)) ? value : null;
}

function kindOf(text: string, version: '1.1' | '1.2', yaml: YamlModule): string {
  const { contents, errors } = yaml.parseDocument(text, { version, prettyErrors: false, logLevel: 'silent' });
  if (errors.length > 0 || !yaml.isScalar(contents) || contents.source !== text) return 'other';
  return contents.value === null ? 'null' : typeof contents.value;
}

/** The JSON string, with what YAML calls unprintable escaped as well. */
const double = (value: string): string =>
  JSON.stringify(value).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** `|` with the header that was there, but for the mark that says which newlines at the end count. */
function block(value: string, { kept, indent }: ScalarPlace): string | null {
  // Blanks at the very start need a further mark, and those at the end of a line are lost to many editors.
  if (/^\s|^$| \n| $/.test(value) || /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]/.test(value))
    return null;
  const [header = ''] = kept.split('\n', 1);
  const comment = isBlock(kept) ? header.replace(/^[|>][-+0-9]*/, '') : '';
  const before = /\n( +)\S/.exec(isBlock(kept) ? kept : '')?.[1];
  const margin = before ?? ' '.repeat(indent + 2);
  const ending = /\n*$/.exec(value)?.[0].length ?? 0;
  const chomping = ending === 0 ? '-' : ending === 1 ? '' : '+';
  const body = value.replace(/\n$/, '').split('\n');
  const lines = body.map((line) => (line === '' ? '' : margin + line));
  return [`|${chomping}${comment}`, ...lines].join('\n');
}
