const jsonStart = /^\s*[[{]/;

/**
 * Whether any format could explain this text: an entry of INI, dotenv or key-value text has a separator, YAML has at
 * least one mapping, PEM and JSON start in their own way. Most secrets are a bare password, and finding that out
 * from every format in turn took a fifteenth of all the time it takes to open one.
 */
export function mayHaveEntries(text: string): boolean {
  return text.includes('=') || text.includes(':') || text.includes('-----BEGIN ') || jsonStart.test(text);
}
