/**
 * Spellings of a value for formats whose values run to the end of their line and lose one pair of quotes around all
 * of it (INI, key-value text), the style of `kept` first. Empty when none can hold the value.
 */
export function lineSpellings(value: string, kept: string): readonly string[] {
  if (/[\n\r]/.test(value)) return [];
  const quotes = (kept.startsWith("'") ? ["'", '"'] : ['"', "'"]).filter((quote) => !value.includes(quote));
  const quoted = quotes.map((quote) => `${quote}${value}${quote}`);
  const bare = value.trim() === value && !/^"[^"]*"$|^'[^']*'$/.test(value) ? [value] : [];
  return isQuoted(kept) ? [...quoted, ...bare] : [...bare, ...quoted];
}

const isQuoted = (raw: string): boolean => /^(["']).*\1$/s.test(raw) && raw.length > 1;
