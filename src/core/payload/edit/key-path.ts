export const samePath = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && isWithin(one, other);

/** Whether `path` is `outer` or lies inside it. */
export const isWithin = (path: readonly string[], outer: readonly string[]): boolean =>
  outer.every((segment, index) => path[index] === segment);
