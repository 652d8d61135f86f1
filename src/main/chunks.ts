import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';
import type { CompiledCode } from './compiled-code.ts';

/** What a chunk makes of itself: the names it exports. */
export type ChunkExports = Readonly<Record<string, unknown>>;

type Wrapper = (
  exports: object,
  require: (name: string) => unknown,
  module: { exports: ChunkExports },
  keyholeChunks: Chunks,
) => void;

/** The files of `chunks/` beside the program. The build turns every `import()` of the sources into a `load` of this. */
export interface Chunks {
  /** Runs a chunk the first time and answers with its exports every time. Throws what its top level throws. */
  load(name: string): Promise<ChunkExports>;
}

/**
 * Loads chunks as scripts and not as modules of Node, for one reason: Node's compile cache holds what V8 compiles of a
 * file before it runs, and that is a sixth of what a command needs. A script can be asked for the rest afterwards.
 *
 * @param directory absolute, of the entry; chunks lie in `chunks/` below it
 */
export function createChunks(directory: string, compiled: CompiledCode): Chunks {
  const loaded = new Map<string, { exports: ChunkExports }>();
  const run = (name: string): { exports: ChunkExports } => {
    const filename = path.join(directory, 'chunks', `${name}.js`);
    const source = `${opening}${readFileSync(filename, 'utf8')}${closing}`;
    const cachedData = compiled.read(name);
    const script = new Script(source, { filename, ...(cachedData && { cachedData }) });
    if (cachedData === undefined || script.cachedDataRejected) compiled.keep(name, script);
    const module: { exports: ChunkExports } = { exports: {} };
    const wrapper = script.runInThisContext() as Wrapper;
    wrapper(module.exports, builtin, module, chunks);
    if (module.exports['__esModule'] !== true) {
      // A CommonJS package: what it exports is the default, as for Node.
      module.exports = { ...module.exports, default: module.exports };
    }
    loaded.set(name, module);
    return module;
  };
  const chunks: Chunks = {
    load: async (name) => (loaded.get(name) ?? run(name)).exports,
  };
  return chunks;
}

/** On the line of the file's first, so that the lines of a stack trace are those of the file. */
const opening = '(function (exports, require, module, keyholeChunks) { ';
const closing = '\n})';

function builtin(name: string): unknown {
  const found: unknown = process.getBuiltinModule(name);
  if (found === undefined) throw new Error(`${name} is not part of Node`);
  return found;
}
