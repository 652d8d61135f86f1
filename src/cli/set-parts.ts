// What only `set` needs and loads when it runs: one file, because each further one costs a millisecond.
export { readDescriptor, readInputFile } from '../app/terminal/read-input.ts';
export { prepareSet } from '../app/usecases/prepare-set.ts';
export { writeFor } from './write-for.ts';
