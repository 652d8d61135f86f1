const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const steps: readonly (readonly [limit: number, unit: number, noun: string])[] = [
  [hour, minute, 'minute'],
  [day, hour, 'hour'],
  [7 * day, day, 'day'],
  [31 * day, 7 * day, 'week'],
  [365 * day, 30.44 * day, 'month'],
  [Number.POSITIVE_INFINITY, 365.25 * day, 'year'],
];

/** `3 weeks ago`; both times in milliseconds since 1970. Commits may be dated in the future. */
export function relativeAge(when: number, now: number): string {
  const age = now - when;
  if (age < -minute) return 'in the future';
  if (age < minute) return 'just now';
  const [, unit, noun] = steps.find(([limit]) => age < limit) ?? [0, 365.25 * day, 'year'];
  const count = Math.max(1, Math.floor(age / unit));
  return `${count} ${noun}${count === 1 ? '' : 's'} ago`;
}
