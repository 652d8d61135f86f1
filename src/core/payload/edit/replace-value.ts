import { formatKeyPath } from '../../address.ts';
import { fail, type Outcome, ok } from '../../outcome.ts';
import { decodeUtf8 } from '../../utf8.ts';
import { plainText, readStructure, type Structure } from '../parse-payload.ts';
import { literalsFor } from './literals.ts';

/**
 * The payload with another value for one of its keys. Only the text of that value changes: whitespace, comments, order,
 * quotes and line ends stay as they are. The result was read back, and says what was meant and nothing else new.
 * Errors: `not-found` (no such key), `unsupported` (no keys, or the value cannot be written there).
 */
export async function replaceValue(
  payload: Uint8Array,
  key: readonly string[],
  value: Uint8Array,
): Promise<Outcome<Uint8Array>> {
  const text = payload.includes(0) ? null : decodeUtf8(payload);
  const wanted = value.includes(0) ? null : decodeUtf8(value);
  const plain = plainText(text ?? '');
  const structure = text === null ? null : await readStructure(plain);
  if (text === null || structure === null) {
    return fail('unsupported', 'it has no keys: its value is one whole', { hint: 'set the whole value' });
  }
  const place = structure.entries.findIndex(({ path }) => sameKey(path, key));
  const entry = structure.entries[place];
  if (entry === undefined) {
    return fail('not-found', `no key ${formatKeyPath(key)} in it`, {
      hint: 'set the whole value to add one',
    });
  }
  if (wanted === null) return fail('unsupported', `the new value is not text, and this is ${structure.kind}`);
  if (entry.text === wanted) return ok(payload);
  const lines = lineEnds(text);
  if (entry.span === undefined || lines === null) return notThere(structure);
  const [start, end] = entry.span;
  for (const literal of await literalsFor(structure.kind, plain.slice(start, end), wanted)) {
    const edited = plain.slice(0, start) + literal + plain.slice(end);
    const read = await readStructure(edited);
    if (read !== null && onlyDiffers(structure, read, place, wanted)) {
      const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
      return ok(new TextEncoder().encode(mark + (lines === '\n' ? edited : edited.replaceAll('\n', lines))));
    }
  }
  return notThere(structure);
}

const notThere = ({ kind }: Structure): Outcome<never> =>
  fail('unsupported', `this value cannot be written there without changing more of the ${kind}`, {
    hint: 'set the whole value',
  });

const sameKey = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** How all lines end; `null` where they end differently, which could not be kept. */
function lineEnds(text: string): '\n' | '\r\n' | null {
  if (!text.includes('\r\n')) return '\n';
  return /(^|[^\r])\n/.test(text) ? null : '\r\n';
}

function onlyDiffers(before: Structure, after: Structure, place: number, wanted: string): boolean {
  return (
    after.kind === before.kind &&
    after.entries.length === before.entries.length &&
    after.entries.every(
      ({ path, text }, index) =>
        sameKey(path, before.entries[index]?.path ?? []) &&
        text === (index === place ? wanted : before.entries[index]?.text),
    )
  );
}
