/** Whole seconds from `now` to `then`, both in milliseconds since 1970; 0 when that is past. */
export const secondsTo = (then: number, now: number): number => Math.max(0, Math.ceil((then - now) / 1000));

const announced = 10;

/** A countdown as a screen reader says it: once, near its end. Empty before. */
export const lastSeconds = (then: number, now: number, what: string): string =>
  secondsTo(then, now) > announced ? '' : `${what} in ${announced} seconds`;
