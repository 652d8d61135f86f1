import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

/** What takes long to load and is often not used at all: 9 ms, 2 ms, 2 ms for what `fs` loads lazily, 2 ms. */
const slow = ['crypto', 'child_process', 'fs', 'assert'];

/**
 * An `import` of a built-in module loads it whole and reads every one of its properties, also those that load more.
 * In the bundle the slow ones are asked for when something of theirs is first used.
 */
export const builtinsOnDemand = {
  name: 'builtins-on-demand',
  setup(build) {
    const namespace = 'builtin-on-demand';
    build.onResolve({ filter: new RegExp(`^(node:)?(${slow.join('|')})$`) }, ({ path: given, kind }) => {
      const name = given.replace('node:', '');
      // Older packages `require` the assertions that they never make.
      return kind === 'import-statement' || name === 'assert'
        ? { path: name, namespace, sideEffects: false }
        : undefined;
    });
    build.onLoad({ filter: /.*/, namespace }, ({ path: name }) => ({ contents: standIn(name) }));
  },
};

function standIn(name) {
  const exported = Object.entries(Object.getOwnPropertyDescriptors(load(`node:${name}`))).filter(
    ([key]) => key !== 'default' && /^[\w$]+$/.test(key),
  );
  return [
    'let loaded;',
    `const builtin = () => (loaded ??= process.getBuiltinModule('node:${name}'));`,
    proxied,
    ...exported.map(([key, { value }]) =>
      isPlainFunction(key, value)
        ? `export function ${key}(...given) { return builtin().${key}(...given); }`
        : `export const ${key} = /* @__PURE__ */ onDemand(() => builtin().${key});`,
    ),
    'export default /* @__PURE__ */ onDemand(builtin);',
  ].join('\n');
}

/** Classes, tables of constants, and functions with properties: the target only has to be callable and constructible. */
const proxied = `const onDemand = (get) => new Proxy(function () {}, {
  get: (_, key) => get()[key],
  has: (_, key) => key in get(),
  apply: (_, self, given) => Reflect.apply(get(), self, given),
  construct: (_, given, wanted) => Reflect.construct(get(), given, wanted),
});`;

/** Not a class, and without properties of its own (`realpath.native`, `exec[util.promisify.custom]`). */
function isPlainFunction(key, value) {
  if (typeof value !== 'function' || /^[A-Z]/.test(key)) return false;
  return Reflect.ownKeys(value).every((key) => ['length', 'name', 'prototype'].includes(key));
}
