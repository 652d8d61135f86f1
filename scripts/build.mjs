// Bundles src/main.ts into dist/keyhole.js and lazily loaded chunks: no node_modules at run time, and the same
// sources give the same bytes. `node scripts/build.mjs [DIRECTORY]`.
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build as bundle } from 'esbuild';
import { collectLicences } from './build/licences.mjs';
import { plugins } from './build/plugins.mjs';

const root = path.resolve(import.meta.dirname, '..');

/** Writes the bundle into `directory`, which is emptied first, and returns esbuild's metafile. */
export async function build(directory = path.join(root, 'dist')) {
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const result = await bundle({
    absWorkingDir: root,
    entryPoints: { keyhole: 'src/main.ts' },
    outdir: directory,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.12',
    jsx: 'automatic',
    charset: 'utf8',
    // Whitespace stays: Node prints the whole source line of a crash.
    minifySyntax: true,
    legalComments: 'none',
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.DEV': '"false"',
      'process.env.KEYHOLE_VERSION': JSON.stringify(version),
    },
    banner: {
      js: "import { createRequire as keyholeRequire } from 'node:module'; const require = keyholeRequire(import.meta.url);",
    },
    plugins,
    metafile: true,
    logLevel: 'warning',
    write: false,
  });
  await rm(directory, { recursive: true, force: true });
  for (const file of result.outputFiles) {
    await mkdir(path.dirname(file.path), { recursive: true });
    await writeFile(file.path, file.contents);
  }
  await chmod(path.join(directory, 'keyhole.js'), 0o755);
  const inputs = Object.values(result.metafile.outputs).flatMap((output) => Object.keys(output.inputs));
  await writeFile(path.join(directory, 'LICENSES.txt'), await collectLicences(root, inputs));
  return result.metafile;
}

if (import.meta.main) {
  const metafile = await build(process.argv[2] && path.resolve(process.argv[2]));
  // For `bench` and for reviewers; beside dist and not in it, because it is not part of the package.
  const reports = path.join(root, '.build');
  await mkdir(reports, { recursive: true });
  await writeFile(path.join(reports, 'metafile.json'), JSON.stringify(metafile, null, 1));
}
