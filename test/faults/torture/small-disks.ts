import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyOf, keyhole, type Scene } from '../support/scene.ts';
import { setScene, undoScene } from '../support/scenes.ts';
import { run } from '../support/start.ts';
import { removeScene } from '../support/sweep.ts';
import { mountHindrance } from './mount-hindrance.ts';
import type { Attack } from './sweeps.ts';
import type { Row } from './table.ts';

/** The program meets the end of the disk at one place after the other, since each run has a little more of it. */
async function filled(
  attack: string,
  make: () => Promise<Scene>,
  steps: number,
  by: 'bytes' | 'inodes',
): Promise<Row> {
  const began = Date.now();
  const scene = await make();
  const tally = { runs: 0, hits: 0, broken: 0, mixed: 0, lies: 0, leftovers: 0, old: 0, fresh: 0 };
  const trouble: string[] = [];
  const disk = mkdtempSync(path.join(tmpdir(), 'keyhole-disk-'));
  for (let step = 0; step < steps; step += 1) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m,nr_inodes=4096', 'tmpfs', disk]);
    const template = path.join(disk, 'template');
    cpSync(scene.template, template, { recursive: true, preserveTimestamps: true });
    const at = copyOf({ ...scene, template, original: scene.template });
    rmSync(template, { recursive: true });
    leave(disk, by, step);
    const ran = await run(at.started(scene.command, scene.input));
    const before = await at.standings();
    rmSync(path.join(disk, 'filler'), { recursive: true, force: true });
    const recovered = await run(at.started(keyhole('recover')));
    const after = await at.standings();
    const wanted = ran.status === 0 ? 'new' : 'old';
    const leftovers = at.leftovers();
    tally.runs += 1;
    tally.hits += ran.status === 0 || /full|ENOSPC/.test(ran.output) ? 1 : 0;
    tally.broken += [...before, ...after].includes('broken') ? 1 : 0;
    tally.mixed += new Set(after).size > 1 ? 1 : 0;
    tally.lies += after.some((one) => one !== wanted) || recovered.status !== 0 ? 1 : 0;
    tally.leftovers += leftovers.length;
    tally[wanted === 'new' ? 'fresh' : 'old'] += 1;
    if (after.some((one) => one !== wanted) || leftovers.length > 0)
      trouble.push(`step ${step}: ${ran.output} ${leftovers}`);
    execFileSync('umount', [disk]);
  }
  rmSync(disk, { recursive: true });
  removeScene(scene);
  const both = tally.old > 0 && tally.fresh > 0;
  if (!both) trouble.push('the disk was never full, or always');
  return {
    attack,
    ...tally,
    hits: both ? tally.hits : 0,
    seconds: Math.round((Date.now() - began) / 1000),
    trouble: trouble.slice(0, 5),
    control: false,
  };
}

/** Fills the disk, but for `step` pages or files. */
function leave(disk: string, by: 'bytes' | 'inodes', step: number): void {
  const filler = path.join(disk, 'filler');
  mkdirSync(filler);
  const { bavail, ffree } = statfsSync(disk);
  if (by === 'bytes')
    writeFileSync(path.join(filler, 'bytes'), Buffer.alloc(Math.max(bavail - step, 0) * 4096));
  else for (let count = ffree - step; count > 0; count -= 1) writeFileSync(path.join(filler, `${count}`), '');
}

const attack = (name: string, make: () => Promise<Scene>, steps: number, by: 'bytes' | 'inodes'): Attack => ({
  name,
  hindrance: mountHindrance,
  run: () => filled(name, make, steps, by),
});

export const smallDisks: readonly Attack[] = [
  attack('tmpfs full by bytes: set one file', setScene, 16, 'bytes'),
  attack('tmpfs full by inodes: set one file', setScene, 16, 'inodes'),
  attack('tmpfs full by bytes: write 20 files and the rules', () => undoScene(20), 60, 'bytes'),
  attack('tmpfs full by inodes: write 20 files and the rules', () => undoScene(20), 40, 'inodes'),
];
