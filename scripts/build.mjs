// Bundles src/main.ts into dist/keyhole.js and lazily loaded chunks: no node_modules at run time, and the same
// sources give the same bytes. `node scripts/build.mjs [DIRECTORY [ENTRY…]]`; benchmarks bundle their own entries.
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build as bundle } from 'esbuild';
import { createLazyFiles } from './build/lazy-files.mjs';
import { collectLicences } from './build/licences.mjs';
import { plugins } from './build/plugins.mjs';

const root = path.resolve(import.meta.dirname, '..');

/** Writes the bundle into `directory`, which holds nothing else afterwards, and returns esbuild's metafile. */
export async function build(directory = path.join(root, 'dist'), entries = { keyhole: 'src/main.ts' }) {
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const lazyFiles = createLazyFiles(root, 'chunks');
  const outputFiles = [];
  const metafile = { inputs: {}, outputs: {} };
  const add = async (entryPoints, plugin) => {
    const result = await bundleInto(directory, entryPoints, version, plugin);
    outputFiles.push(...result.outputFiles);
    Object.assign(metafile.inputs, result.metafile.inputs);
    Object.assign(metafile.outputs, result.metafile.outputs);
  };
  for (const [name, file] of Object.entries(entries)) await add({ [name]: file }, lazyFiles.pluginFor(''));
  for (let lazy = lazyFiles.next(); lazy !== undefined; lazy = lazyFiles.next()) {
    await add({ [lazy.name]: lazy.file }, lazyFiles.pluginFor('chunks'));
  }

  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
  const licences = {
    path: path.join(directory, 'LICENSES.txt'),
    contents: await collectLicences(root, inputs),
  };
  // Without it Node would read and compile each file twice to find out that it is a module.
  const manifest = { path: path.join(directory, 'package.json'), contents: '{ "type": "module" }\n' };
  await write(directory, [...outputFiles, licences, manifest]);
  for (const name of Object.keys(entries)) await chmod(path.join(directory, `${name}.js`), 0o755);
  return metafile;
}

function bundleInto(directory, entryPoints, version, lazyFilesPlugin) {
  return bundle({
    absWorkingDir: root,
    entryPoints,
    outdir: directory,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.12',
    jsx: 'automatic',
    // Whitespace stays: Node prints the whole source line of a crash.
    minifySyntax: true,
    legalComments: 'none',
    // Node has them; esbuild, which cannot know which properties, would build the expression anew for every cell drawn.
    supported: { 'regexp-unicode-property-escapes': true },
    inject: [path.join(root, 'scripts/build/segmenter.ts')],
    define: {
      'Intl.Segmenter': 'ShortSegmenter',
      'process.env.NODE_ENV': '"production"',
      'process.env.DEV': '"false"',
      'process.env.KEYHOLE_VERSION': JSON.stringify(version),
    },
    banner: {
      js: "import { createRequire as keyholeRequire } from 'node:module'; const require = keyholeRequire(import.meta.url);",
    },
    plugins: [lazyFilesPlugin, ...plugins],
    metafile: true,
    logLevel: 'warning',
    write: false,
  });
}

/** Chunks before the entry and leftovers last, so that whoever starts the program meanwhile finds a whole one. */
async function write(directory, files) {
  for (const file of files.toSorted((one, other) => other.path.length - one.path.length)) {
    await mkdir(path.dirname(file.path), { recursive: true });
    await writeFile(file.path, file.contents);
  }
  const current = new Set(files.map((file) => file.path));
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !current.has(file)) await rm(file, { force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const [directory, ...entries] = process.argv.slice(2).map((given) => path.resolve(given));
  const named = entries.map((entry) => [path.parse(entry).name, entry]);
  const metafile = await build(directory, named.length > 0 ? Object.fromEntries(named) : undefined);
  if (!directory) {
    // For reviewers; beside dist and not in it, because it is not part of the package.
    const reports = path.join(root, '.build');
    await mkdir(reports, { recursive: true });
    await writeFile(path.join(reports, 'metafile.json'), JSON.stringify(metafile, null, 1));
  }
}
