// Runs a program that was just installed, so that it lies there with its compiled code: `node scripts/compile-ahead.mjs
// PROGRAM`. For packages whose place is never written again, such as those of Nix; elsewhere the first runs do it.
// Needs git. The UI is run where `script` of util-linux gives it a terminal, and else compiles at every start.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const file = 'secrets/services/immich/admin-password.age';

/** Nothing that somebody waits for fails because of this: what could not be run is named. */
export function compileAhead(program) {
  const directory = mkdtempSync(path.join(tmpdir(), 'keyhole-compile-'));
  const env = { ...process.env, HOME: directory, TERM: 'xterm-256color' };
  const demo = path.join(directory, 'demo');
  const opened = ['--no-default-identities', '-i', `${demo}/id_ed25519`, '-C', `${demo}/nix-config`];
  const run = (name, command, words, input = '') => {
    const { status, error } = spawnSync(command, words, { env, input, timeout: 60_000, stdio: 'pipe' });
    if (status !== 0) console.error(`not compiled ahead: ${name} (${error?.code ?? `status ${status}`})`);
  };
  try {
    run('demo', program, ['demo', demo]);
    run('list', program, [...opened, 'list']);
    run('list', program, [...opened, 'list', '--json']);
    run('get', program, [...opened, 'get', file]);
    run('set', program, [...opened, 'set', file], 'x\n');
    // The key is read when the first frame is there.
    run(
      'the UI',
      'script',
      ['-qec', [program, ...opened].map(quoted).join(' '), '/dev/null'],
      'jk/immich\rxjkq',
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`;

if (process.argv[1] === import.meta.filename) {
  const [program] = process.argv.slice(2);
  if (program === undefined) throw new Error('give the program');
  compileAhead(path.resolve(program));
}
