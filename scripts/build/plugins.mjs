// What the bundle changes in other people's code, each for a measured reason (see CONTRIBUTING, "The build").
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { builtinsOnDemand } from './builtins-on-demand.mjs';

const inlinedAssembly = /"data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)"/;

// Emscripten calls `instantiateWasm` while its factory runs, and when that has an answer at once, all is ready when
// the factory returns: the promise it returns has nothing more to wait for.
const yogaIndex = (base64) => `import loadYoga from '../binaries/yoga-wasm-base64-esm.js';
import wrapAssembly from './wrapAssembly.js';
export * from './generated/YGEnums.js';
const assembly = {
  instantiateWasm(imports, receive) {
    const module = new WebAssembly.Module(Buffer.from("${base64}", 'base64'));
    receive(new WebAssembly.Instance(module, imports));
    return {};
  },
};
loadYoga(assembly);
if (!assembly.calledRun) throw new Error('yoga-layout is not ready');
export default wrapAssembly(assembly);
`;

/**
 * yoga-layout loads its inlined WebAssembly through `fetch`, which makes Node load all of undici (25–30 ms), has it
 * compiled by another thread while everything waits (5 ms), and awaits it at its top level, which only a module may.
 */
const yogaAtOnce = {
  name: 'yoga-at-once',
  setup(build) {
    build.onLoad(
      { filter: /yoga-layout[\\/]dist[\\/]binaries[\\/]yoga-wasm-base64-esm\.js$/ },
      async ({ path: file }) => {
        const text = await readFile(file, 'utf8');
        return { contents: text.replace(inlinedAssembly, '""'), loader: 'js' };
      },
    );
    build.onLoad({ filter: /yoga-layout[\\/]dist[\\/]src[\\/]index\.js$/ }, async ({ path: file }) => {
      const binary = path.join(path.dirname(file), '../binaries/yoga-wasm-base64-esm.js');
      const [, base64] = inlinedAssembly.exec(await readFile(binary, 'utf8')) ?? [];
      if (base64 === undefined) throw new Error('yoga-layout has no inlined assembly');
      return { contents: yogaIndex(base64), loader: 'js' };
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

/** Ink's renderer gets ours; ours gets Ink's, for what it cannot do. */
const composedOutput = {
  name: 'composed-output',
  setup(build) {
    const namespace = 'composed-output';
    build.onResolve({ filter: /^\.\/output\.js$/ }, ({ namespace: from, importer }) =>
      from === 'file' && /ink[\\/]build[\\/]renderer\.js$/.test(importer)
        ? { path: 'ink', namespace, pluginData: path.dirname(importer) }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace }, ({ pluginData: directory }) => ({
      contents: `import Real from './output.js';
import { composedOutput } from ${JSON.stringify(path.join(import.meta.dirname, 'composed-output.ts'))};
export default composedOutput(Real);`,
      resolveDir: directory,
    }));
    build.onEnd(({ metafile }) => {
      const inputs = Object.keys(metafile?.inputs ?? {});
      if (
        inputs.some((file) => /ink\/build\/renderer\.js$/.test(file)) &&
        !inputs.some((file) => file.startsWith(namespace))
      )
        throw new Error('Ink imports its Output in another way');
    });
  },
};

/** Ink awaits at its top level what it wants for development, which only a module may do and a bundle never does. */
const inkForUse = {
  name: 'ink-for-use',
  setup(build) {
    build.onLoad({ filter: /ink[\\/]build[\\/]reconciler\.js$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      const contents = text
        .replace("await import('./devtools.js');", '')
        .replace('await loadPackageJson();', '{};');
      if (/^\s.*\bawait (?!import\('node:fs'\))/m.test(contents)) throw new Error('Ink awaits something new');
      return { contents, loader: 'js' };
    });
  },
};

export const plugins = [yogaAtOnce, shortStringWidth, inkForUse, composedOutput, builtinsOnDemand];
