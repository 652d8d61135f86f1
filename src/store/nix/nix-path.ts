/** Removes `.`, `..` and repeated slashes from an absolute path, by text alone as Nix does (canonPath). */
export function canonical(path: string): string {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') kept.pop();
    else kept.push(part);
  }
  return `/${kept.join('/')}`;
}

export const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

export const baseNameOf = (path: string): string => {
  const end = path.endsWith('/') ? path.length - 1 : path.length;
  return path.slice(path.lastIndexOf('/', end - 1) + 1, end);
};
