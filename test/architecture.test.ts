import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { breachesOf } from './support/house-rules.ts';
import { readSourceTree } from './support/source-tree.ts';

describe('the rooms of src/', () => {
  test('keep their rules', () => {
    const tree = readSourceTree(path.resolve(import.meta.dirname, '../src'));
    expect(tree.length).toBeGreaterThan(10);
    expect(breachesOf(tree)).toEqual([]);
  });
});

// The rules themselves: a tree that breaks each of them once.
describe('the rules catch', () => {
  const breach = (file: string, text: string) => breachesOf([{ path: file, text }]).join('\n');

  test.each([
    [
      'an arrow against its direction',
      'core/a.ts',
      "import { x } from '../store/b.ts';",
      'core may not import store',
    ],
    [
      'a type import against its direction',
      'store/a.ts',
      "import type { X } from '../app/b.ts';",
      'store may not import app',
    ],
    [
      'cli and ui knowing each other',
      'cli/a.ts',
      "import { x } from '../ui/b.tsx';",
      'cli may not import ui',
    ],
    ['a lazy import', 'ui/a.ts', "const x = await import('../cli/run.ts');", 'ui may not import cli'],
    ['a re-export', 'crypto/a.ts', "export { x } from '../store/b.ts';", 'crypto may not import store'],
    [
      'an import spread over lines',
      'core/a.ts',
      "import {\n  x,\n  y,\n} from '../app/b.ts';",
      'core may not import app',
    ],
    ['a bare import', 'core/a.ts', "import '../app/b.ts';", 'core may not import app'],
    ['a way out of src', 'core/a.ts', "import { x } from '../../test/b.ts';", 'leaves src'],
    ['an unknown room', 'lib/a.ts', '', 'not a room'],
    ['Ink outside ui', 'app/a.ts', "import { Text } from 'ink';", 'only ui draws'],
    [
      'the file system in ui',
      'ui/a.ts',
      "import { readFileSync } from 'node:fs';",
      'ui may not touch node:fs',
    ],
    [
      'the file system without its prefix',
      'crypto/a.ts',
      "import fs from 'fs/promises';",
      'crypto may not touch',
    ],
    [
      'child processes in cli',
      'cli/a.ts',
      "import { spawn } from 'node:child_process';",
      'cli may not touch',
    ],
    ['a connection', 'store/a.ts', "import net from 'node:net';", 'nothing opens connections'],
    ['fetch', 'app/a.ts', "await fetch('x');", 'nothing opens connections'],
    [
      'the environment in a pure room',
      'core/a.ts',
      'const home = process.env.HOME;',
      'a pure room reads the process',
    ],
    ['a default export', 'core/a.ts', 'export default 1;', 'default export'],
    ['a long file', 'core/a.ts', '\n'.repeat(251), '251 lines'],
    ['a long component', 'ui/a.tsx', '\n'.repeat(151), '151 lines'],
    ['a shapeless name', 'core/utils.ts', '', 'the name says nothing'],
    ['a name in another case', 'core/safeText.ts', '', 'not a kebab-case name'],
  ])('%s', (_, file, text, says) => {
    expect(breach(file, text)).toContain(says);
  });

  test('and nothing in a file that keeps them', () => {
    const text = "import { readFile } from 'node:fs/promises';\nimport { ok } from '../core/outcome.ts';\n";
    expect(breach('store/read-file.ts', text)).toBe('');
  });
});
