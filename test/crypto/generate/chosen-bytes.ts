import type { RandomSource } from '../../../src/crypto/generate/generated.ts';

/** Randomness that is these bytes, over and over. */
export function chosenBytes(bytes: Iterable<number>): RandomSource {
  const given = [...bytes];
  let at = 0;
  return (target) => {
    for (let index = 0; index < target.length; index += 1) {
      target[index] = given[at % given.length] ?? 0;
      at += 1;
    }
  };
}
