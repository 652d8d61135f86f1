// `npm start` builds and opens the demo repository; `npm start -- ARGUMENTS` opens what they name, as seen from the
// directory npm was called in.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build } from './build.mjs';

await build();

const given = process.argv.slice(2);
const program = path.resolve(import.meta.dirname, '../dist/keyhole.js');
const child = spawn(process.execPath, [program, ...(given.length > 0 ? given : ['demo'])], {
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
