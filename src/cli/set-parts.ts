// What only `set` needs and loads when it runs: one file, because each further one costs a millisecond.
export { prepareSet } from '../app/usecases/prepare-set.ts';
export { readValueFor } from './read-value-for.ts';
export { writeFor } from './write-for.ts';
