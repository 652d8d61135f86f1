/** Made anew for each run, so that it can be nowhere else. */
export const marker = (): string =>
  `MARK${Math.random().toString(36).slice(2)}${Math.random().toString(36).slice(2)}`;

/** A text as a program might write it: as it is, in part, in base64 at each offset, in hex, in UTF-16. */
export function disguisesOf(mark: string): readonly string[] {
  const half = Math.floor(mark.length / 2);
  const base64 = [0, 1, 2].map((skip) =>
    Buffer.from(' '.repeat(skip) + mark)
      .toString('base64')
      .slice(skip === 0 ? 0 : 4, -6),
  );
  const hex = Buffer.from(mark).toString('hex');
  const wide = [...mark].join('\0');
  return [mark, mark.slice(0, half), mark.slice(half), ...base64, hex, hex.toUpperCase(), wide];
}
