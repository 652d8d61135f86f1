import { interrupted } from '../support/interrupt.ts';
import type { Scene } from '../support/scene.ts';
import {
  copyScene,
  createScene,
  editScene,
  inPlaceScene,
  moveScene,
  newScene,
  redoScene,
  rekeyScene,
  removeScene,
  revokeScene,
  setScene,
  undoScene,
} from '../support/scenes.ts';
import type { Fault } from '../support/start.ts';
import { begins, removeScene as remove, sweep } from '../support/sweep.ts';
import { changing, looking } from '../support/system-calls.ts';
import type { Row } from './table.ts';

export interface Attack {
  readonly name: string;
  /** Why it cannot be run on this machine; `null` when it can. */
  readonly hindrance?: () => string | null;
  readonly run: () => Promise<Row>;
}

const errors: readonly Fault[] = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EACCES', 'EINTR'];
const everyCall = [...changing, ...looking];
const many = 200;
/** Beyond that, the runs differ too much to say that every call was reached. */
export const mostAbsent = 5;

async function sweptRow(
  name: string,
  make: () => Promise<Scene>,
  calls: readonly string[],
  faults: readonly Fault[],
  from = begins,
): Promise<Row> {
  const began = Date.now();
  const scene = await make();
  const result = await sweep(scene, { calls, from, faults, each: true });
  remove(scene);
  const { points, absent, missed, broken, mixedAfter, lies, leftovers, old, fresh } = result;
  return {
    attack: name,
    runs: points,
    hits: absent > mostAbsent ? 0 : points - missed.length,
    broken: broken.length,
    mixed: mixedAfter.length,
    lies: lies.length,
    leftovers: leftovers.length,
    old,
    fresh,
    seconds: Math.round((Date.now() - began) / 1000),
    trouble: [
      ...(absent > mostAbsent ? [`${absent} points were not there`] : []),
      ...missed,
      ...broken,
      ...mixedAfter,
      ...lies,
      ...leftovers,
    ].slice(0, 5),
    control: from !== begins,
  };
}

/** The scene it was made from is not needed any more; what was old is then in the copy it left. */
async function half(make: () => Promise<Scene>): Promise<Scene> {
  return interrupted(await make());
}

type Making = readonly [name: string, make: () => Promise<Scene>];

const commands: readonly Making[] = [
  ['set one file', setScene],
  ['set a new file in a new directory', createScene],
  ['new: a key, its public half and its rule', newScene],
  ['edit one file', editScene],
  ['mv 1 file and its rule', () => moveScene(1)],
  ['cp 1 file for another reader, and its rule', () => copyScene(1)],
  ['rm 1 file and its rule', () => removeScene(1)],
  ['rekey 3 files', () => rekeyScene(3)],
  ['revoke: 2 files and the rules', () => revokeScene(2)],
  ['undo: 1 file and its rule', () => undoScene(1)],
  ['redo: 1 file and its rule', () => redoScene(1)],
];

const recovery: Making = ['recovery of 3 files', () => half(() => undoScene(3))];

/** Encrypted anew, brought back, deleted. */
const crowded: readonly Making[] = [
  [`cp ${many} files for another reader, and the rules`, () => copyScene(many)],
  [`rekey ${many} files`, () => rekeyScene(many)],
  [`undo: ${many} files and the rules`, () => undoScene(many)],
  [`rm ${many} files and the rules`, () => removeScene(many)],
  [`recovery of ${many} files`, () => half(() => undoScene(many))],
];

const attacks = (
  what: string,
  makings: readonly Making[],
  calls: readonly string[],
  faults: readonly Fault[],
): readonly Attack[] =>
  makings.map(([scene, make]) => {
    const name = `${what}: ${scene}`;
    return { name, run: () => sweptRow(name, make, calls, faults) };
  });

const control = 'control: kill -9 at every change, a program that writes in place';

/** The program is killed, or refused, at one call after the other. */
export const sweeps: readonly Attack[] = [
  ...attacks('kill -9 at every call', [...commands, recovery], everyCall, ['KILL']),
  ...attacks('kill -9 at every change', crowded, changing, ['KILL']),
  ...attacks(
    `${errors.join(', ')} at every change`,
    [...commands, ['undo: 3 files and the rules', () => undoScene(3)]],
    changing,
    errors,
  ),
  ...attacks('TERM, INT, HUP at every change', commands, changing, ['TERM', 'INT', 'HUP']),
  { name: control, run: () => sweptRow(control, inPlaceScene, changing, ['KILL'], /O_TRUNC/) },
];
