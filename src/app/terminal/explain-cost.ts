import type { PassphraseCost } from '../../crypto/keyring.ts';

/** `takes about 7 s and 2 GiB of memory`. */
export function explainCost({ seconds, mebibytes }: PassphraseCost): string {
  const memory = mebibytes < 1024 ? `${mebibytes} MiB` : `${mebibytes / 1024} GiB`;
  return `takes about ${seconds} s and ${memory} of memory`;
}
