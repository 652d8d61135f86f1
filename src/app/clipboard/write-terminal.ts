import { writeSync } from 'node:fs';

/** Writes a whole sequence, also when the terminal takes it in parts. Throws what `writeSync` throws. */
export function writeTerminal(descriptor: number, sequence: string): void {
  let rest = Buffer.from(sequence);
  while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
}
