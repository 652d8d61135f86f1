// `npm start` builds and opens the demo repository; `npm start -- ARGUMENTS` opens what they name, as seen from the
// directory npm was called in.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';

await build();

const given = process.argv.slice(2);
const program = path.resolve(import.meta.dirname, '../dist/keyhole.js');
// By this Node and not by whichever PATH names, but as the program's first line asks for.
const [firstLine] = readFileSync(program, 'utf8').split('\n', 1);
const options = firstLine.match(/--\S+/g) ?? [];
const child = spawn(process.execPath, [...options, program, ...(given.length > 0 ? given : ['demo'])], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdio: 'inherit',
});
// The terminal sends these to both of us; the program decides, and its ending is ours.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`cannot start ${program}: ${error.message}`);
  process.exitCode = 1;
});
child.on('exit', (status, signal) => {
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else {
    process.exitCode = status ?? 1;
  }
});
