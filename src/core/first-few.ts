/** The first of many as a list in a sentence, with how many more there are. */
export function firstFew(items: readonly string[], most: number): string {
  const more = items.length > most ? `, and ${items.length - most} more` : '';
  return `${items.slice(0, most).join(', ')}${more}`;
}
