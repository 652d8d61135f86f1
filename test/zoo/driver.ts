import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type Destination, visit } from './visit.ts';

/**
 * Runs alone, so that strace sees nothing but keyhole: visits the repositories listed in the file of the first
 * argument and writes what it saw to the second. With `--misbehave` it does what keyhole must never do.
 */
async function main(): Promise<void> {
  const [planFile = '', answerFile = '', misbehave] = process.argv.slice(2);
  const plan = JSON.parse(readFileSync(planFile, 'utf8')) as readonly Destination[];
  const answers: string[] = [];
  for (const destination of plan) {
    process.chdir(destination.root);
    const seen = await visit(destination);
    answers.push(JSON.stringify(seen.opened));
  }
  if (misbehave === '--misbehave') {
    readFileSync(join(process.cwd(), '../outside/canary.txt'));
    readFileSync('/etc/hostname');
    spawnSync('true');
    await new Promise((done) => connect(9, '127.0.0.1').on('error', done).on('connect', done));
  }
  writeFileSync(answerFile, JSON.stringify(answers));
}

// No await at the top: the build makes no module of it.
main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
