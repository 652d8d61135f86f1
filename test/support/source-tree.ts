import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface SourceFile {
  /** Relative to the tree's root, with `/`: `ui/screens/browser.tsx`. */
  readonly path: string;
  readonly text: string;
}

/** Every TypeScript file below `root`, sorted by path. */
export function readSourceTree(root: string): SourceFile[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mts|js|mjs)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: path.relative(root, file), text: readFileSync(file, 'utf8') }));
}

const fromClause = /^\s*(?:import|export)\b[^'"]*?\bfrom\s*['"]([^'"]+)['"]/gm;
const bareImport = /^\s*import\s*['"]([^'"]+)['"]/gm;
const dynamicImport = /\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]/g;

/** What a file imports: packages as written, files as paths relative to the tree's root. */
export function importsOf(file: SourceFile): string[] {
  const specifiers = [fromClause, bareImport, dynamicImport].flatMap((pattern) =>
    [...file.text.matchAll(pattern)].map((match) => match[1] ?? ''),
  );
  return specifiers.map((specifier) =>
    specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file.path), specifier) : specifier,
  );
}
