import path from 'node:path';
import { interrupted } from '../support/interrupt.ts';
import { copyTemplate, keyhole, type Scene, sceneAt } from '../support/scene.ts';
import { newScene, setScene, undoScene } from '../support/scenes.ts';
import { run, runWithFault } from '../support/start.ts';
import { begins, inPairs, removeScene } from '../support/sweep.ts';
import { around, type CallPoint, callsOf, changing, settledCalls } from '../support/system-calls.ts';
import { type FrailDisks, type Frailty, hindrance, makeFrailDisks } from './frail-disk.ts';
import { type Attack, mostAbsent } from './sweeps.ts';
import type { Row } from './table.ts';

/** How often the power fails after the program said that it has written. */
const acknowledged = 5;

const ext4 = { format: ['mkfs.ext4', '-q', '-F'], mebibytes: 64 };
// Copies of one image bear the same name, which xfs would refuse.
const xfs = { format: ['mkfs.xfs', '-q', '-f'], mebibytes: 320, options: 'nouuid' };

const frailties: readonly Frailty[] = [
  { ...ext4, name: 'ext4', options: 'data=ordered', spares: 'nothing' },
  { ...ext4, name: 'ext4, names before contents', options: 'noauto_da_alloc', spares: 'names' },
  { ...xfs, name: 'xfs', spares: 'nothing' },
  { ...xfs, name: 'xfs, names before contents', spares: 'names' },
];

interface Verdict {
  readonly at: string;
  readonly hit: boolean;
  /** The call was not where it was counted, nor near it. */
  readonly absent: boolean;
  readonly broken: boolean;
  readonly mixed: boolean;
  readonly lie: boolean;
  readonly leftovers: readonly string[];
  readonly end: 'old' | 'fresh' | 'neither';
}

/** The program is killed as it enters a call, or ends, and the power fails at once. */
async function attempt(
  scene: Scene,
  disks: FrailDisks,
  slot: number,
  point: CallPoint | null,
  command: readonly string[],
): Promise<Verdict> {
  const disk = disks.mount(slot);
  try {
    const at = sceneAt(scene, path.join(disk.directory, 'scene'));
    const started = at.started(command, scene.input);
    const ran =
      point === null
        ? { ...(await run(started)), hit: true, absent: false }
        : await runWithFault(started, point, 'KILL');
    disk.losePower();
    const before = await at.standings();
    const recovered = await run(at.started(keyhole('recover')));
    const after = await at.standings();
    const is = (wanted: string): boolean => after.every((one) => one === wanted);
    return {
      at: `${point ? `at ${point.text.slice(0, 160)}` : 'at the end'}: ${ran.output.trim()} ${recovered.output.trim()}`,
      hit: ran.hit,
      absent: ran.absent,
      broken: [...before, ...after].includes('broken'),
      mixed: new Set(after).size > 1,
      lie: recovered.status !== 0 || (ran.status === 0 && !is('new')),
      leftovers: at.leftovers(),
      end: is('old') ? 'old' : is('new') ? 'fresh' : 'neither',
    };
  } finally {
    disk.unmount();
  }
}

function pointsOf(scene: Scene, disks: FrailDisks): readonly CallPoint[] {
  return settledCalls(() => {
    const disk = disks.mount(0);
    try {
      const at = sceneAt(scene, path.join(disk.directory, 'scene'));
      return callsOf(at.started(scene.command, scene.input), begins, changing, at.repository);
    } finally {
      disk.unmount();
    }
  });
}

/** What runs under it believes that it has synchronised. */
const deaf = ['strace', '-qq', '-o', '/dev/null', '-e', 'trace=fsync', '-e', 'inject=fsync:retval=0'];

async function powerLoss(
  attack: string,
  frailty: Frailty,
  make: () => Promise<Scene>,
  withoutFsync: boolean,
): Promise<Row> {
  const began = Date.now();
  const scene = await make();
  const top = `${scene.template}-power`;
  const disks = makeFrailDisks(frailty, top, (directory) =>
    copyTemplate(scene, path.join(directory, 'scene')),
  );
  let all: readonly Verdict[];
  try {
    const ends = Array.from({ length: acknowledged }, () => null);
    const points = withoutFsync ? ends : [...pointsOf(scene, disks), ...ends];
    const command = withoutFsync ? [...deaf, ...scene.command] : scene.command;
    all = await inPairs(points, async (point, slot) => {
      let verdict = await attempt(scene, disks, slot, point, command);
      for (const other of point ? around(point) : []) {
        if (!verdict.absent) break;
        verdict = await attempt(scene, disks, slot, other, command);
      }
      return verdict;
    });
  } finally {
    disks.remove();
    removeScene(scene);
  }
  const verdicts = all.filter(({ absent }) => !absent);
  const reachedAll = all.length - verdicts.length <= mostAbsent;
  const count = (pick: (verdict: Verdict) => boolean): number => verdicts.filter(pick).length;
  const isBad = ({ hit, broken, mixed, lie, leftovers }: Verdict): boolean =>
    !hit || broken || mixed || lie || leftovers.length > 0;
  return {
    attack,
    runs: verdicts.length,
    hits: reachedAll ? count(({ hit }) => hit) : 0,
    broken: count(({ broken }) => broken),
    mixed: count(({ mixed }) => mixed),
    lies: count(({ lie }) => lie),
    leftovers: verdicts.flatMap(({ leftovers }) => leftovers).length,
    old: count(({ end }) => end === 'old'),
    fresh: count(({ end }) => end === 'fresh'),
    seconds: Math.round((Date.now() - began) / 1000),
    trouble: verdicts
      .filter(isBad)
      .map(({ at, leftovers }) => `${at} ${leftovers}`)
      .slice(0, 5),
    control: withoutFsync,
  };
}

const scenes: readonly (readonly [string, () => Promise<Scene>])[] = [
  ['set one file', setScene],
  ['new: a key, its public half and its rule', newScene],
  ['undo: 3 files and the rules', () => undoScene(3)],
  ['recovery of 3 files', async () => interrupted(await undoScene(3))],
];

const attack = (
  name: string,
  frailty: Frailty,
  make: () => Promise<Scene>,
  withoutFsync = false,
): Attack => ({
  name,
  hindrance: () => hindrance(frailty),
  run: () => powerLoss(name, frailty, make, withoutFsync),
});

/** The power fails, at one change of the program after the other and when it has just ended. */
export const powerLosses: readonly Attack[] = frailties.flatMap((frailty) => [
  ...scenes.map(([name, make]) => attack(`loss of power, ${frailty.name}: ${name}`, frailty, make)),
  ...(frailty.spares === 'names'
    ? [attack(`control: loss of power, ${frailty.name}, fsync does nothing`, frailty, setScene, true)]
    : []),
]);
