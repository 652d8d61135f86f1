import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
let program: string | undefined;

/**
 * Path of `keyhole.js`, built from the sources as they are now into a directory of this test process's own (a fifth
 * of a second), so that no test ever drives a stale `dist/`.
 */
export function builtProgram(): string {
  if (program) return program;
  const directory = mkdtempSync(path.join(tmpdir(), 'keyhole-built-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  execFileSync(process.execPath, [path.join(root, 'scripts/build.mjs'), directory], { stdio: 'inherit' });
  program = path.join(directory, 'keyhole.js');
  return program;
}
