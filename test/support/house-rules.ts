import path from 'node:path';
import { importsOf, type SourceFile } from './source-tree.ts';

/** Which rooms a room may import from. Arrows point one way; `core` imports nothing. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  main: ['cli', 'ui', 'app', 'store', 'crypto', 'core'],
  cli: ['app', 'store', 'crypto', 'core'],
  ui: ['app', 'store', 'crypto', 'core'],
  app: ['store', 'crypto', 'core'],
  store: ['crypto', 'core'],
  crypto: ['core'],
  core: [],
};

const drawing = /^(ink|ink-.*|react|react-.*|react\/.*)$/;
const outside =
  /^(node:)?(fs|fs\/promises|child_process|net|http|https|http2|dgram|dns|tls|worker_threads|cluster)$/;
const network = /^(node:)?(net|http|https|http2|dgram|dns|dns\/promises|tls)$/;
const mayTouchOutside = new Set(['main', 'app', 'store']);
const pure = new Set(['core', 'crypto']);
const shapelessName = /^(utils?|helpers?|common|misc|shared)\.tsx?$/;
const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*\.(d\.ts|ts|tsx)$/;

/** Every breach of the rules of CONTRIBUTING in a `src/` tree, one line each; empty when the house is in order. */
export function breachesOf(tree: readonly SourceFile[]): string[] {
  return tree.flatMap((file) => [...importBreaches(file), ...contentBreaches(file), ...shapeBreaches(file)]);
}

function roomOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : path.basename(file, path.extname(file));
}

function importBreaches(file: SourceFile): string[] {
  const room = roomOf(file.path);
  const allowed = rooms[room];
  if (!allowed) return [`${file.path}: "${room}" is not a room`];
  return importsOf(file).flatMap((imported) => {
    const isFile = imported.includes('/') && /\.(ts|tsx|json)$/.test(imported);
    if (isFile) {
      if (imported.startsWith('../'))
        return imported === '../package.json' ? [] : [`${file.path}: leaves src (${imported})`];
      const target = roomOf(imported);
      return target === room || allowed.includes(target)
        ? []
        : [`${file.path}: ${room} may not import ${target} (${imported})`];
    }
    if (imported.startsWith('.')) return [`${file.path}: import without an extension (${imported})`];
    return [
      ...(drawing.test(imported) && room !== 'ui' ? [`${file.path}: only ui draws (${imported})`] : []),
      ...(outside.test(imported) && !mayTouchOutside.has(room)
        ? [`${file.path}: ${room} may not touch ${imported}`]
        : []),
      ...(network.test(imported) ? [`${file.path}: nothing opens connections (${imported})`] : []),
    ];
  });
}

function contentBreaches(file: SourceFile): string[] {
  const code = file.text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [
    ...(/^export default\b/m.test(code) ? [`${file.path}: default export`] : []),
    ...(/^export \* from\b/m.test(code) ? [`${file.path}: re-exports everything`] : []),
    ...(pure.has(roomOf(file.path)) && /\bprocess\.(env|cwd|argv|std)/.test(code)
      ? [`${file.path}: a pure room reads the process`]
      : []),
    ...(/\bfetch\(|\bnew WebSocket\(/.test(code) ? [`${file.path}: nothing opens connections (fetch)`] : []),
    ...(/\beval\(|\bnew Function\(/.test(code) ? [`${file.path}: evaluates text as code`] : []),
  ];
}

function shapeBreaches(file: SourceFile): string[] {
  const name = path.basename(file.path);
  const lines = file.text.split('\n').length - 1;
  const limit = file.path.startsWith('ui/') && name.endsWith('.tsx') ? 150 : 250;
  return [
    ...(lines > limit ? [`${file.path}: ${lines} lines, more than ${limit}`] : []),
    ...(shapelessName.test(name) ? [`${file.path}: the name says nothing`] : []),
    ...(kebabCase.test(name) ? [] : [`${file.path}: not a kebab-case name`]),
  ];
}
