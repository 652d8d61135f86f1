/** Builtins that Nix has and this evaluator will not do: they reach out, run programs or ask the machine. */
export const refusedBuiltins: ReadonlySet<string> = new Set([
  'addErrorContext',
  'appendContext',
  'currentSystem',
  'currentTime',
  'derivation',
  'derivationStrict',
  'exec',
  'fetchClosure',
  'fetchGit',
  'fetchMercurial',
  'fetchTarball',
  'fetchTree',
  'fetchurl',
  'filterSource',
  'findFile',
  'flakeRefToString',
  'fromTOML',
  'getContext',
  'getFlake',
  'hashFile',
  'importNative',
  'nixPath',
  'nixVersion',
  'outputOf',
  'parseFlakeRef',
  'path',
  'placeholder',
  'scopedImport',
  'storeDir',
  'storePath',
  'toFile',
  'readFileType',
  'toXML',
  'unsafeGetAttrPos',
  'fetchFinalTree',
  'wasm',
]);

/**
 * Those of them that fetch, build, or run programs. Nix is not asked to do it instead: restricted to the repository it
 * cannot, and fetching from the repository itself would run git there.
 */
const reachingOut: ReadonlySet<string> = new Set([
  'derivation',
  'derivationStrict',
  'exec',
  'fetchClosure',
  'fetchFinalTree',
  'fetchGit',
  'fetchMercurial',
  'fetchTarball',
  'fetchTree',
  'fetchurl',
  'getFlake',
  'importNative',
  'wasm',
]);

/** How the evaluation fails that needs one of them. */
export const refusalOf = (name: string): 'forbidden' | 'unsupported' =>
  reachingOut.has(name) ? 'forbidden' : 'unsupported';

/** Those of them that are also in scope without `builtins.`. */
export const refusedGlobals: ReadonlySet<string> = new Set([
  'derivation',
  'derivationStrict',
  'fetchGit',
  'fetchMercurial',
  'fetchTarball',
  'fetchTree',
  'fromTOML',
  'placeholder',
  'scopedImport',
  '__curPos',
]);
