import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

describe('continuous integration', () => {
  test('makes the tests with real programs mandatory and ends with the test command of the README', () => {
    const run = read('.ci/run');
    expect(run).toMatch(/^export .*REQUIRE_PEERS=1$/m);
    expect(run.trimEnd().split('\n').slice(-2)).toEqual(['npm ci', 'npm test']);
    expect(statSync(path.join(root, '.ci/run')).mode & 0o111).toBe(0o111);
  });

  test('the two commands of the README exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(read('README.md')).toContain('npm ci && npm start');
    expect(read('README.md')).toContain('npm ci && npm test');
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test', 'build', 'bench']));
  });

  test('every dependency has its reason in CONTRIBUTING', () => {
    const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string> | undefined>;
    const names = Object.keys({ ...manifest['dependencies'], ...manifest['devDependencies'] });
    const explained = read('CONTRIBUTING.md')
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .flatMap((line) => line.split('|')[1]?.split(/[\s,*]+/) ?? []);
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !explained.includes(name))).toEqual([]);
  });

  test('README, SECURITY and CONTRIBUTING link to files that are there', () => {
    const links = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md'].flatMap((file) => [
      ...read(file).matchAll(/(?:\]\(|src="|\]: )((?!https?:)[^)"\s]+)/g),
    ]);
    expect(links.length).toBeGreaterThan(5);
    expect(links.map((link) => link[1] ?? '').filter((file) => !existsSync(path.join(root, file)))).toEqual(
      [],
    );
  });
});
