import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Record<string, string>;
}

const packages: Record<string, Locked> = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
const locked = Object.entries(packages).filter(([place]) => place !== '');

test('the lockfile names no registry: whoever installs decides where packages come from', () => {
  expect(locked.filter(([, entry]) => entry.resolved !== undefined).map(([place]) => place)).toEqual([]);
});

test('every package is pinned by its hash', () => {
  expect(locked.length).toBeGreaterThan(100);
  expect(locked.filter(([, entry]) => entry.integrity === undefined).map(([place]) => place)).toEqual([]);
});

test('every platform a package offers is locked, or `npm ci` would refuse elsewhere', () => {
  const absent = locked.flatMap(([place, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => packages[`node_modules/${name}`] === undefined)
      .map((name) => `${place} offers ${name}`),
  );
  expect(absent).toEqual([]);
});

test('only the packages that CONTRIBUTING.md explains run a script when they are installed', () => {
  const scripted = locked.filter(([, entry]) => entry.hasInstallScript).map(([place]) => place);
  expect(scripted.sort()).toEqual(['node_modules/esbuild', 'node_modules/node']);
});
