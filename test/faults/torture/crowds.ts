import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readRepositoryHistory } from '../../../src/store/transaction/history.ts';
import { git } from '../../support/git-repository.ts';
import { copyOf, keyhole, plaintextOf } from '../support/scene.ts';
import { setScene } from '../support/scenes.ts';
import { run } from '../support/start.ts';
import { removeScene } from '../support/sweep.ts';
import type { Attack } from './sweeps.ts';
import type { Row } from './table.ts';

const rounds = 100;
const file = 'hosts/web.age';

/** Three programs write the same file at the same time, again and again. */
async function writers(attack: string): Promise<Row> {
  const began = Date.now();
  const scene = await setScene();
  const at = copyOf(scene);
  const tally = { broken: 0, lies: 0, old: 0, fresh: 0 };
  const trouble: string[] = [];
  let before = '';
  for (let round = 0; round < rounds; round += 1) {
    const values = [0, 1, 2].map((writer) => `round ${round}, writer ${writer}`);
    const ran = await Promise.all(values.map((value) => run(at.started(scene.command, value))));
    const done = values.filter((_, index) => ran[index]?.status === 0);
    const now = await plaintextOf(readFileSync(path.join(at.repository, file)));
    tally.fresh += done.length;
    tally.old += values.length - done.length;
    if (now === null) tally.broken += 1;
    const refused = ran.filter(({ status }) => status !== 0 && status !== 15);
    const isRight = done.length > 0 ? done.includes(now ?? '') : now === before;
    if (!isRight || refused.length > 0) {
      tally.lies += 1;
      trouble.push(`round ${round}: ${now}; ${ran.map(({ output }) => output.trim()).join('; ')}`);
    }
    before = now ?? '';
  }
  const leftovers = at.leftovers().length;
  at.remove();
  removeScene(scene);
  const runs = rounds * 3;
  const seconds = Math.round((Date.now() - began) / 1000);
  return {
    attack,
    runs,
    hits: runs,
    mixed: 0,
    ...tally,
    leftovers,
    seconds,
    trouble: trouble.slice(0, 5),
    control: false,
  };
}

/** git checks out another version of a file while keyhole writes it. What git wrote must still be somewhere. */
async function checkouts(attack: string): Promise<Row> {
  const began = Date.now();
  const scene = await setScene();
  const tally = { broken: 0, lies: 0, leftovers: 0, old: 0, fresh: 0 };
  const trouble: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const at = copyOf(scene);
    execFileSync(process.execPath, keyhole('set', file).slice(1), {
      ...at.started([]),
      input: 'theirs',
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    git(at.repository, 'commit', '-qam', 'theirs');
    const theirs = readFileSync(path.join(at.repository, file));
    git(at.repository, 'checkout', '-q', 'HEAD~1', '--', file);
    const writing = run(at.started(scene.command, scene.input));
    await new Promise((resolve) => setTimeout(resolve, (round * 3) % 240));
    git(at.repository, 'checkout', '-q', 'HEAD', '--', file);
    const { status, output } = await writing;
    const now = readFileSync(path.join(at.repository, file));
    const ours = (await plaintextOf(now)) === scene.input;
    const kept = readRepositoryHistory(at.repository).some(({ journal }) =>
      journal.files.some(({ before }) => before?.size === theirs.length),
    );
    if (!ours && !now.equals(theirs)) tally.broken += 1;
    // Ours over theirs is right only where theirs was there when ours was planned: undo then has it.
    const lost = ours && !kept;
    const lied = status === 0 ? false : ours;
    if (lost || lied) {
      tally.lies += 1;
      trouble.push(`round ${round}: ${status} ${output}`);
    }
    tally[ours ? 'fresh' : 'old'] += 1;
    tally.leftovers += at.leftovers().length;
    at.remove();
  }
  removeScene(scene);
  const seconds = Math.round((Date.now() - began) / 1000);
  const hits = tally.old > 0 ? rounds : 0;
  return {
    attack,
    runs: rounds,
    hits,
    mixed: 0,
    ...tally,
    seconds,
    trouble: trouble.slice(0, 5),
    control: false,
  };
}

const attack = (name: string, run: (name: string) => Promise<Row>): Attack => ({
  name,
  run: () => run(name),
});

export const crowds: readonly Attack[] = [
  attack(`3 writers at once × ${rounds}`, writers),
  attack(`git checkout during a write × ${rounds}`, checkouts),
];
