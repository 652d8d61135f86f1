import { createHash } from 'node:crypto';

/** Stands in the entry for the hash of all files until that is known. */
export const buildMark = 'keyhole-build-id';

const toChunk = /\bimport\("chunk:([\w-]+)"\)/g;

/**
 * The files of one esbuild result in which each `import()` of a lazy file has become a call of the loader
 * (`src/main/chunks.ts`): the entry exports it under this name, and a chunk is given it.
 */
export function throughChunks({ outputFiles, metafile }) {
  const expected = Object.values(metafile.outputs)
    .flatMap((output) => output.imports)
    .filter(({ path, kind }) => kind === 'dynamic-import' && path.startsWith('chunk:')).length;
  let replaced = 0;
  const files = outputFiles.map(({ path, text }) => {
    const contents = text.replace(toChunk, (_, name) => {
      replaced += 1;
      return `keyholeChunks.load("${name}")`;
    });
    return { path, contents };
  });
  if (replaced < expected)
    throw new Error(`${expected - replaced} lazy imports were not found in the output`);
  return files;
}

/** The files with the hash of them all, in whatever order they were made, where an entry asks for it. */
export function markBuild(files) {
  const hashes = files.map(({ contents }) => createHash('sha256').update(contents).digest('hex')).sort();
  const id = createHash('sha256').update(hashes.join()).digest('hex').slice(0, 16);
  return files.map(({ path, contents }) => ({ path, contents: contents.replaceAll(buildMark, id) }));
}
