// Bundles src/main.ts into dist/keyhole.js and lazily loaded chunks: no node_modules at run time, and the same
// sources give the same bytes. `node scripts/build.mjs [DIRECTORY [ENTRY…]]`; benchmarks bundle their own entries.
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build as bundle } from 'esbuild';
import { commandTable } from '../src/cli/command-table.ts';
import { anotherEntry, entryAround } from './build/another-entry.mjs';
import { buildMark, markBuild, throughChunks } from './build/chunk-imports.mjs';
import { createLazyFiles } from './build/lazy-files.mjs';
import { collectLicences } from './build/licences.mjs';
import { plugins } from './build/plugins.mjs';

const root = path.resolve(import.meta.dirname, '..');
const main = 'src/main.ts';

/** Writes the bundle into `directory`, which holds nothing else afterwards, and returns esbuild's metafile. */
export async function build(directory = path.join(root, 'dist'), entries = { keyhole: main }) {
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const lazyFiles = createLazyFiles(root, 'chunks');
  const outputFiles = [];
  const metafile = { inputs: {}, outputs: {} };
  const add = async (entryPoints) => {
    const result = await bundleInto(directory, entryPoints, version, lazyFiles.plugin);
    outputFiles.push(...throughChunks(result));
    Object.assign(metafile.inputs, result.metafile.inputs);
    Object.assign(metafile.outputs, result.metafile.outputs);
  };
  for (const [name, file] of Object.entries(entries)) {
    await add({ [name]: file === main ? file : `${anotherEntry}:${path.resolve(root, file)}` });
  }
  for (let lazy = lazyFiles.next(); lazy !== undefined; lazy = lazyFiles.next()) {
    await add({ [lazy.name]: lazy.file });
  }

  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
  const licences = {
    path: path.join(directory, 'LICENSES.txt'),
    contents: await collectLicences(root, inputs),
  };
  // The nearest manifest above may say that files are modules.
  const manifest = { path: path.join(directory, 'package.json'), contents: '{ "type": "commonjs" }\n' };
  await write(directory, [...markBuild(outputFiles), licences, manifest]);
  for (const name of Object.keys(entries)) await chmod(path.join(directory, `${name}.js`), 0o755);
  return metafile;
}

function bundleInto(directory, entryPoints, version, lazyFilesPlugin) {
  return bundle({
    absWorkingDir: root,
    entryPoints,
    outdir: directory,
    bundle: true,
    // Scripts, because V8 lets only those keep the code of what they ran (src/main/chunks.ts).
    format: 'cjs',
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
      'process.env.KEYHOLE_BUILD': JSON.stringify(buildMark),
      'process.env.KEYHOLE_COMMANDS': JSON.stringify(commandTable.map(({ name }) => name).join(' ')),
      'import.meta.dirname': '__dirname',
      // clipboardy looks there for programs that it brings along and we do not.
      'import.meta.url': '"file:///nonexistent/keyhole.js"',
    },
    // As modules are; esbuild leaves it out.
    banner: { js: "'use strict';" },
    plugins: [entryAround(root), lazyFilesPlugin, ...plugins],
    metafile: true,
    logLevel: 'warning',
    write: false,
  });
}

/** Chunks before the entry and leftovers last, so that whoever starts the program meanwhile finds a whole one. */
async function write(directory, files) {
  for (const file of files.toSorted((one, other) => other.path.length - one.path.length)) {
    await mkdir(path.dirname(file.path), { recursive: true });
    // What is the same stays: a file that is newer than its compiled code makes that worthless.
    const before = await readFile(file.path, 'utf8').catch(() => null);
    if (before !== file.contents) await writeFile(file.path, file.contents);
  }
  const current = new Set(files.map((file) => file.path));
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const isCompiled = path.relative(directory, file).startsWith(`compiled${path.sep}`);
    if (entry.isFile() && !current.has(file) && !isCompiled) await rm(file, { force: true });
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
