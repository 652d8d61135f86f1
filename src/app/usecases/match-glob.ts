/**
 * Whether a path fits a shell pattern: `*` and `?` stay within one part, `**` crosses them, everything else is meant
 * literally. As the end of a path is enough to name a secret, a pattern may begin at any directory; one that begins
 * with `/` or `./` begins at the root. A pattern that ends in a slash means everything below. Takes time linear in
 * the path for each star.
 */
export function matchGlob(pattern: string, path: string): boolean {
  const whole = pattern.endsWith('/') ? `${pattern}**` : pattern;
  const anchored = /^\.?\//.exec(whole)?.[0];
  const parts = whole.slice(anchored?.length ?? 0).split('/');
  return matchParts(anchored === undefined ? ['**', ...parts] : parts, path.split('/'));
}

function matchParts(patterns: readonly string[], parts: readonly string[]): boolean {
  return matchSequence(
    patterns.length,
    parts.length,
    (index) => patterns[index] === '**',
    (index, at) => matchPart(patterns[index] ?? '', parts[at] ?? ''),
  );
}

function matchPart(pattern: string, part: string): boolean {
  const wanted = [...pattern.replace(/\*+/g, '*')];
  const found = [...part];
  return matchSequence(
    wanted.length,
    found.length,
    (index) => wanted[index] === '*',
    (index, at) => wanted[index] === '?' || wanted[index] === found[at],
  );
}

/** Wildcard matching that goes back to the last star only, so that no pattern takes exponential time. */
function matchSequence(
  wanted: number,
  found: number,
  isStar: (index: number) => boolean,
  fits: (index: number, at: number) => boolean,
): boolean {
  let index = 0;
  let star = -1;
  let resumeAt = 0;
  for (let at = 0; at < found; ) {
    if (index < wanted && isStar(index)) {
      star = index;
      resumeAt = at;
      index += 1;
    } else if (index < wanted && fits(index, at)) {
      index += 1;
      at += 1;
    } else if (star >= 0) {
      resumeAt += 1;
      at = resumeAt;
      index = star + 1;
    } else return false;
  }
  while (index < wanted && isStar(index)) index += 1;
  return index === wanted;
}
