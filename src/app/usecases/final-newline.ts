export const finalNewlines = ['exact', 'keep', 'yes', 'no'] as const;

/** What becomes of the newline at the end of a value: as given, as the old value has it, exactly one, none. */
export type FinalNewline = (typeof finalNewlines)[number];

const newline = 0x0a;

/** The same bytes, or a copy with another end. */
export function withFinalNewline(value: Uint8Array, old: Uint8Array | null, wish: FinalNewline): Uint8Array {
  // Nothing stays nothing, so that whoever looks for an empty value finds it.
  if (wish === 'keep' && value.length === 0) return value;
  const wanted = wish === 'keep' ? old?.at(-1) === newline : wish === 'yes';
  if (wish === 'exact' || (value.at(-1) === newline) === wanted) return value;
  if (!wanted) return value.subarray(0, value.at(-2) === 0x0d ? -2 : -1);
  const longer = new Uint8Array(value.length + 1);
  longer.set(value);
  longer[value.length] = newline;
  return longer;
}
