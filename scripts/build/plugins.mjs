// What the bundle changes in other people's code, each for a measured reason (see CONTRIBUTING, "The build").
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** yoga-layout loads its inlined WebAssembly through `fetch`, which makes Node load all of undici (25–30 ms). */
const yogaWithoutFetch = {
  name: 'yoga-without-fetch',
  setup(build) {
    let patched = 0;
    build.onLoad({ filter: /yoga-layout[\\/]dist[\\/]binaries[\\/].*\.js$/ }, async ({ path: file }) => {
      patched += 1;
      return { contents: `const fetch = undefined;\n${await readFile(file, 'utf8')}`, loader: 'js' };
    });
    build.onEnd((result) => {
      const bundled = Object.keys(result.metafile?.inputs ?? {}).some((file) =>
        file.includes('yoga-layout/'),
      );
      if (bundled && patched !== 1) throw new Error(`yoga-layout has ${patched} loaders to patch, not one`);
    });
  },
};

/** Every importer of string-width gets our short cut; only the short cut itself gets the real one. */
const shortStringWidth = {
  name: 'short-string-width',
  setup(build) {
    const shim = path.join(import.meta.dirname, 'string-width.ts');
    build.onResolve({ filter: /^string-width$/ }, ({ importer }) =>
      path.resolve(importer) === shim ? undefined : { path: shim },
    );
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

export const plugins = [yogaWithoutFetch, shortStringWidth, noDevtools];
