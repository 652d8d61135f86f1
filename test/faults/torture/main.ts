// `npm run torture`: every attack on the built program that writes, whole; `npm test` runs a sample of them. Takes a
// good half hour. Words after `--` choose attacks by their names. Prints the table for SECURITY.md.
import { hasPeer } from '../../support/peers.ts';
import { crowds } from './crowds.ts';
import { canMount, smallDisks } from './small-disks.ts';
import { sweeps } from './sweeps.ts';
import { isGood, type Row, tableOf } from './table.ts';

const wanted = process.argv.slice(2);
const missing = (['strace', 'git'] as const).filter((peer) => !hasPeer(peer));
if (missing.length > 0) throw new Error(`needs ${missing.join(' and ')}`);
const all = [...sweeps, ...(canMount() ? smallDisks : []), ...crowds];
if (!canMount()) console.log('not run: full disks, because only root may mount a tmpfs');

const rows: Row[] = [];
for (const { name, run } of all) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
  const row = await run();
  rows.push(row);
  console.log(`${isGood(row) ? 'as claimed' : 'FAILED    '}  ${row.runs} runs, ${row.seconds} s: ${name}`);
  for (const line of row.control ? [] : row.trouble) console.log(`    ${line}`);
}
console.log(`\n${tableOf(rows)}`);
process.exitCode = rows.length > 0 && rows.every(isGood) ? 0 : 1;
