/** A key of the UI as its table tells it. The UI owns the table; it is handed in, because cli never loads the UI. */
export interface KeyBinding {
  readonly group: string;
  readonly keys: readonly string[];
  readonly title: string;
}

export interface KeyGroup {
  readonly heading: string;
  readonly keys: readonly (readonly [keys: string, does: string])[];
}

/** The bindings by group, in the order of the table. */
export function keyGroups(bindings: readonly KeyBinding[]): readonly KeyGroup[] {
  const headings = [...new Set(bindings.map((binding) => binding.group))];
  return headings.map((group) => ({
    heading: group.charAt(0).toUpperCase() + group.slice(1),
    keys: bindings
      .filter((binding) => binding.group === group)
      .map((binding) => [binding.keys.join(', '), binding.title]),
  }));
}
