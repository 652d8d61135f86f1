/**
 * Whether the name of a lone `NAME=value` or `name: value` is one that people give to a variable. A single line with
 * a separator in it is more often a password than an assignment, so this asks for evidence: one case throughout, and
 * either words joined by underscores (`SMTP_PASSWORD`, `home_psk`) or a last word that says it names a secret.
 */
export function isTellingName(name: string): boolean {
  const oneCase = name === name.toUpperCase() || name === name.toLowerCase() || /^[A-Z][a-z]+$/.test(name);
  if (!oneCase) return false;
  return /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/i.test(name) || tellingEnd.test(name);
}

const tellingEnd =
  /^([a-z0-9]+[._-])*(api)?(password|passwd|passphrase|pass|token|secret|key|user|username|login|psk|pin|dsn|url|email)s?$/i;

/** What base64 padding leaves to the right of the first `=`: no value. */
export const isPadding = (value: string): boolean => /^=*$/.test(value);
