import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readRepositoryHistory } from '../../../src/store/transaction/history.ts';
import { git } from '../../support/git-repository.ts';
import { copyOf, keyhole, plaintextOf, type Scene, type SceneCopy } from '../support/scene.ts';
import { editScene, setScene } from '../support/scenes.ts';
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
  return finished(attack, began, { ...tally, mixed: 0 }, trouble, at, scene);
}

interface Tally {
  readonly broken: number;
  readonly mixed: number;
  readonly lies: number;
  readonly old: number;
  readonly fresh: number;
}

function finished(
  attack: string,
  began: number,
  tally: Tally,
  trouble: readonly string[],
  at: SceneCopy,
  scene: Scene,
): Row {
  const leftovers = at.leftovers().length;
  at.remove();
  removeScene(scene);
  const runs = tally.old + tally.fresh;
  const seconds = Math.round((Date.now() - began) / 1000);
  return {
    attack,
    runs,
    // That they were in each other's way at all.
    hits: tally.old > 0 && tally.fresh > 0 ? runs : 0,
    ...tally,
    leftovers,
    seconds,
    trouble: trouble.slice(0, 5),
    control: false,
  };
}

/** One sets it, one edits it, one gives it another name with its rule, all at the same time, again and again. */
async function differentWriters(attack: string): Promise<Row> {
  const began = Date.now();
  const scene = await setScene();
  const at = copyOf(scene);
  const editor = path.join(at.directory, 'editor');
  writeFileSync(editor, `#!/bin/sh\nprintf '%s' "$1" > "$2"\n`, { mode: 0o755 });
  const tally = { broken: 0, mixed: 0, lies: 0, old: 0, fresh: 0 };
  const trouble: string[] = [];
  let [name, other] = [file, 'moved/web.age'];
  let before = await plaintextOf(readFileSync(path.join(at.repository, file)));
  for (let round = 0; round < rounds; round += 1) {
    const [set, edit] = [`set-${round}`, `edit-${round}`];
    const ran = await Promise.all([
      run(at.started(keyhole('set', name, '--final-newline', 'no'), set)),
      run(at.started(['env', `VISUAL=${editor} ${edit}`, ...keyhole('edit', name, '--final-newline', 'no')])),
      run(at.started(keyhole('mv', name, other))),
    ]);
    const [isSet, isEdited, isMoved] = ran.map(({ status }) => status === 0);
    if (isMoved) [name, other] = [other, name];
    const rules = readFileSync(path.join(at.repository, 'secrets.nix'), 'utf8');
    const isWhole = [name, other].every((one) => {
      const isThere = one === name;
      return existsSync(path.join(at.repository, one)) === isThere && rules.includes(`"${one}"`) === isThere;
    });
    const now = isWhole ? await plaintextOf(readFileSync(path.join(at.repository, name))) : null;
    const wanted = [...(isSet ? [set] : []), ...(isEdited ? [edit] : [])];
    const isRight = now !== null && (wanted.length > 0 ? wanted.includes(now) : now === before);
    // Another wrote it, or it is not where it was.
    const refused = ran.filter(({ status }) => ![0, 10, 15, 18].includes(status ?? -1));
    const done = ran.filter(({ status }) => status === 0).length;
    tally.fresh += done;
    tally.old += ran.length - done;
    if (!isWhole) tally.mixed += 1;
    else if (now === null) tally.broken += 1;
    if (!isRight || refused.length > 0) {
      tally.lies += 1;
      trouble.push(`round ${round}: ${now}; ${ran.map(({ output }) => output.trim()).join('; ')}`);
    }
    if (!isWhole) break;
    before = now;
  }
  return finished(attack, began, tally, trouble, at, scene);
}

/**
 * git checks out another version of a file while keyhole writes it, or while its editor is open. What git wrote must
 * still be somewhere.
 */
async function checkouts(attack: string): Promise<Row> {
  const began = Date.now();
  const [scene, editing] = [await setScene(), await editScene()];
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
    const edit = [...editing.command, '--final-newline', 'yes'];
    const writing = run(round % 2 ? at.started(edit) : at.started(scene.command, scene.input));
    await new Promise((resolve) => setTimeout(resolve, (round * 5) % 300));
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
  for (const one of [scene, editing]) removeScene(one);
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
  attack(`3 writers at once × ${rounds}: set`, writers),
  attack(`3 writers at once × ${rounds}: set, edit, mv`, differentWriters),
  attack(`git checkout during a write × ${rounds}: set, edit`, checkouts),
];
