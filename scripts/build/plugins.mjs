// What the bundle changes in other people's code, each for a measured reason (see CONTRIBUTING, "The build").
import { readFile } from 'node:fs/promises';
import { builtinsOnDemand } from './builtins-on-demand.mjs';

// Both are globals that this one file reads; the names are its own from here on.
const yogaPrelude = `const fetch = undefined;
const WebAssembly = {
  ...globalThis.WebAssembly,
  RuntimeError: globalThis.WebAssembly.RuntimeError,
  instantiate: async (bytes, imports) => {
    const module = new globalThis.WebAssembly.Module(bytes);
    return { module, instance: new globalThis.WebAssembly.Instance(module, imports) };
  },
};
`;

/**
 * yoga-layout loads its inlined WebAssembly through `fetch`, which makes Node load all of undici (25–30 ms), and has
 * it compiled by another thread while everything waits (5 ms).
 */
const yogaAtOnce = {
  name: 'yoga-at-once',
  setup(build) {
    let patched = 0;
    build.onLoad({ filter: /yoga-layout[\\/]dist[\\/]binaries[\\/].*\.js$/ }, async ({ path: file }) => {
      patched += 1;
      return { contents: yogaPrelude + (await readFile(file, 'utf8')), loader: 'js' };
    });
    build.onEnd((result) => {
      const bundled = Object.keys(result.metafile?.inputs ?? {}).some((file) =>
        file.includes('yoga-layout/'),
      );
      if (bundled && patched !== 1) throw new Error(`yoga-layout has ${patched} loaders to patch, not one`);
    });
  },
};

/** Every importer of string-width gets our short cut; only the short cut itself gets the real one, and late. */
const shortStringWidth = {
  name: 'short-string-width',
  setup(build) {
    const namespace = 'short-string-width';
    build.onResolve({ filter: /^string-width$/ }, ({ namespace: importer }) =>
      importer === namespace ? undefined : { path: 'string-width', namespace },
    );
    build.onLoad({ filter: /.*/, namespace }, () => ({
      contents: `import { createStringWidth } from './string-width.ts';
export default createStringWidth(() => require('string-width').default);`,
      resolveDir: import.meta.dirname,
    }));
  },
};

/** Ink imports the React developer tools behind a flag that a production build never sets. */
const noDevtools = {
  name: 'no-devtools',
  setup(build) {
    build.onResolve({ filter: /^react-devtools-core$/ }, () => ({
      path: 'react-devtools-core',
      namespace: 'stub',
    }));
    build.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: 'export default undefined;' }));
  },
};

export const plugins = [yogaAtOnce, shortStringWidth, noDevtools, builtinsOnDemand];
