import path from 'node:path';

/** Before the path of an entry that is not keyhole's own: a workload of the bench, a program of a test. */
export const anotherEntry = 'another-entry';

/** Loads such a program as `src/main.ts` loads keyhole: as a chunk, with its compiled code kept. */
export const entryAround = (root) => ({
  name: anotherEntry,
  setup(build) {
    const namespace = anotherEntry;
    build.onResolve({ filter: /^another-entry:/ }, ({ path: entry }) => ({
      path: entry.slice(anotherEntry.length + 1),
      namespace,
    }));
    build.onLoad({ filter: /.*/, namespace }, ({ path: file }) => ({
      contents: `import { createChunks } from './src/main/chunks.ts';
import { createCompiledCode } from './src/main/compiled-code.ts';
const compiledCode = createCompiledCode({
  directory: import.meta.dirname,
  build: process.env.KEYHOLE_BUILD,
  command: ${JSON.stringify(path.parse(file).name)},
});
export const keyholeChunks = createChunks(import.meta.dirname, compiledCode);
void import(${JSON.stringify(file)});
`,
      resolveDir: root,
    }));
  },
});
