// `npm run torture`: every attack on the built program that writes, whole; `npm test` runs a sample of them. Takes a
// good hour. Words after `--` choose attacks by their names. Prints the table for SECURITY.md, each line of it when it is
// known and all of it in the end.
import { hasPeer } from '../../support/peers.ts';
import { crowds } from './crowds.ts';
import { powerLosses } from './power-loss.ts';
import { smallDisks } from './small-disks.ts';
import { sweeps } from './sweeps.ts';
import { isGood, lineOf, type Row, tableOf } from './table.ts';

const wanted = process.argv.slice(2);
const missing = (['strace', 'git'] as const).filter((peer) => !hasPeer(peer));
if (missing.length > 0) throw new Error(`needs ${missing.join(' and ')}`);

const rows: Row[] = [];
const skipped: string[] = [];
for (const { name, hindrance, run } of [...sweeps, ...powerLosses, ...smallDisks, ...crowds]) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
  const hindered = hindrance?.() ?? null;
  if (hindered !== null) {
    skipped.push(`SKIPPED: ${name} (${hindered})`);
    console.log(skipped.at(-1));
    continue;
  }
  const row = await run();
  rows.push(row);
  console.log(lineOf(row));
  for (const line of row.control ? [] : row.trouble) console.log(`    ${line}`);
}
console.log(`\n${[tableOf(rows), ...skipped].join('\n')}`);
process.exitCode = rows.length > 0 && rows.every(isGood) ? 0 : 1;
