/** The question that names what is near; `null` where nothing is. */
export function didYouMean(near: readonly string[]): string | null {
  const last = near.at(-1);
  if (last === undefined) return null;
  const others = near.slice(0, -1).join(', ');
  return `did you mean ${others === '' ? last : `${others} or ${last}`}?`;
}
