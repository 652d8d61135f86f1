import type { PassphraseCost } from '../../crypto/keyring.ts';

/** `takes about 7 s and 2 GiB of memory`; without the memory where there is none to speak of. */
export function explainCost({ seconds, mebibytes }: PassphraseCost): string {
  if (mebibytes === 0) return `takes about ${seconds} s`;
  const memory = mebibytes < 1024 ? `${mebibytes} MiB` : `${mebibytes / 1024} GiB`;
  return `takes about ${seconds} s and ${memory} of memory`;
}
