import path from 'node:path';

/**
 * Makes every `import()` of the sources a file of its own, which shares nothing with the others. esbuild's splitting
 * shares each line of code once and so makes a command load 30 small chunks, 10 ms of resolving and linking; here it
 * loads two or three files. What two files have in common is in both, which costs a third more on disk and no time.
 * Nothing may therefore rely on a module's own variables being the same in two of them.
 */
export function createLazyFiles(root, directory) {
  const entries = new Map();
  const waiting = [];

  const nameOf = (file) =>
    path
      .relative(root, file)
      .replace(/^src\//, '')
      .replaceAll('node_modules/', '')
      .replace(/\.\w+$/, '')
      .replace(/\W+/g, '-')
      .replace(/^-/, '');

  const addressOf = (file) => {
    const name = nameOf(file);
    const known = entries.get(name);
    if (known !== undefined && known !== file)
      throw new Error(`${file} and ${known} would both be ${name}.js`);
    if (known === undefined) {
      entries.set(name, file);
      waiting.push({ name: `${directory}/${name}`, file });
    }
    return `chunk:${name}`;
  };

  return {
    /** The next file to build, until there is none: `{ name, file }`, the name relative to the output. */
    next: () => waiting.shift(),
    plugin: {
      name: 'lazy-files',
      setup(build) {
        build.onResolve({ filter: /./ }, async ({ path: specifier, kind, resolveDir, importer }) => {
          if (kind !== 'dynamic-import') return undefined;
          const found = await build.resolve(specifier, { kind: 'import-statement', resolveDir, importer });
          if (found.external || found.namespace !== 'file' || found.errors.length > 0) return undefined;
          return { path: addressOf(found.path), external: true };
        });
      },
    },
  };
}
