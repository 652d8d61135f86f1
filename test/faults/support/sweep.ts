import { rmSync } from 'node:fs';
import { copyOf, keyhole, type Scene, type Standing } from './scene.ts';
import { type Fault, type FaultRun, run, runWithFault } from './start.ts';
import { around, type CallPoint, callsOf, changing, looking, settledCalls } from './system-calls.ts';

export interface SweepOptions {
  readonly calls: readonly string[];
  /** The first call that belongs to the writing. */
  readonly from: RegExp;
  /** Chosen by the number of the point; several take turns. */
  readonly faults: readonly Fault[];
  /** Each point with each fault, instead of taking turns. */
  readonly each?: boolean;
}

export interface SweepResult {
  readonly scene: string;
  readonly points: number;
  /** Points that were counted and that no run then had: Node itself makes a call more or less at times. */
  readonly absent: number;
  /** Points at which the fault did not take place. */
  readonly missed: readonly string[];
  /** Files neither old nor new, at any time. */
  readonly broken: readonly string[];
  /** Some old and some new, before the next start: allowed. */
  readonly mixedBefore: number;
  /** The same after it: not allowed. */
  readonly mixedAfter: readonly string[];
  /** Runs that said they had written and had not, or that they had not and had. */
  readonly lies: readonly string[];
  readonly leftovers: readonly string[];
  /** The same before the next start: allowed after a kill. */
  readonly leftBefore: number;
  readonly old: number;
  readonly fresh: number;
}

export const begins = /\/keyhole\/claim\./;

/** Lets a program fail at every one of its calls, one run for each, starts keyhole anew and judges what is there. */
export async function sweep(scene: Scene, { calls, from, faults, each }: SweepOptions): Promise<SweepResult> {
  const count = (names: readonly string[]): readonly CallPoint[] => {
    const counted = copyOf(scene);
    try {
      return callsOf(counted.started(scene.command, scene.input), from, names, counted.repository);
    } finally {
      counted.remove();
    }
  };
  const points = settledCalls(() => count(calls));
  const known: ReadonlySet<string> = new Set([...changing, ...looking]);
  const unknown = count(['%file', '%desc']).filter(({ name }) => !known.has(name));
  if (unknown.length > 0) throw new Error(`calls that no sweep knows: ${unknown.map(({ text }) => text)}`);
  const jobs = points.flatMap((point, index) =>
    each
      ? faults.map((fault) => ({ point, fault }))
      : [{ point, fault: faults[index % faults.length] ?? 'KILL' }],
  );
  const judged = await inPairs(jobs, ({ point, fault }) => attemptPatiently(scene, point, fault));
  const verdicts = judged.filter(({ absent }) => !absent);
  const list = (pick: (verdict: Verdict) => boolean): readonly string[] =>
    verdicts.filter(pick).map(({ at, said }) => `${at}: ${said}`);
  return {
    scene: scene.name,
    points: verdicts.length,
    absent: judged.length - verdicts.length,
    missed: list(({ hit }) => !hit),
    broken: list(({ before, after }) => [...before, ...after].includes('broken')),
    mixedBefore: verdicts.filter(({ before }) => isMixed(before)).length,
    mixedAfter: list(({ after }) => isMixed(after)),
    lies: list(({ lie }) => lie),
    leftovers: verdicts.flatMap(({ at, leftovers }) => leftovers.map((name) => `${at}: ${name}`)),
    leftBefore: verdicts.filter(({ leftBefore }) => leftBefore > 0).length,
    old: verdicts.filter(({ after }) => after.every((one) => one === 'old')).length,
    fresh: verdicts.filter(({ after }) => after.every((one) => one === 'new')).length,
  };
}

interface Verdict {
  readonly at: string;
  readonly said: string;
  readonly hit: boolean;
  readonly absent: boolean;
  readonly before: readonly Standing[];
  readonly after: readonly Standing[];
  readonly lie: boolean;
  readonly leftBefore: number;
  readonly leftovers: readonly string[];
}

const isMixed = (standings: readonly Standing[]): boolean => new Set(standings).size > 1;

async function attemptPatiently(scene: Scene, point: CallPoint, fault: Fault): Promise<Verdict> {
  let verdict = await attempt(scene, point, fault);
  for (const other of around(point)) {
    if (!verdict.absent) break;
    verdict = await attempt(scene, other, fault);
  }
  return verdict;
}

async function attempt(scene: Scene, point: CallPoint, fault: Fault): Promise<Verdict> {
  const copy = copyOf(scene);
  try {
    const ran = await runWithFault(copy.started(scene.command, scene.input), point, fault);
    const before = await copy.standings();
    const leftBefore = copy.leftovers().length;
    const recovered = await run(copy.started(keyhole('recover')));
    if (recovered.status !== 0)
      throw new Error(`recover ended with ${recovered.status}: ${recovered.output}`);
    const after = await copy.standings();
    const at = `${fault} at ${point.name} ${point.count}, ${point.text.slice(0, 160)}`;
    const { hit, absent, output } = ran;
    return {
      at,
      said: output.trim(),
      hit,
      absent,
      before,
      after,
      lie: isLie(ran, fault, before, after),
      leftBefore,
      leftovers: copy.leftovers(),
    };
  } finally {
    copy.remove();
  }
}

/** Success means new, at once and for good; failure means old, unless it says that it is for the next start to settle. */
function isLie(
  { status, output }: FaultRun,
  fault: Fault,
  before: readonly Standing[],
  after: readonly Standing[],
): boolean {
  if (fault === 'KILL') return false;
  const are = (standings: readonly Standing[], wanted: Standing): boolean =>
    standings.every((one) => one === wanted);
  if (status === 0) return !are(before, 'new') || !are(after, 'new');
  return !output.includes('the next start') && !(are(before, 'old') && are(after, 'old'));
}

/** Two at a time: as many as there are cores. Each knows which of the two it is. */
export async function inPairs<Job, Result>(
  jobs: readonly Job[],
  work: (job: Job, which: 0 | 1) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async (which: 0 | 1): Promise<void> => {
    while (next < jobs.length) {
      const index = next;
      next += 1;
      const job = jobs[index];
      if (job !== undefined) results[index] = await work(job, which);
    }
  };
  await Promise.all([worker(0), worker(1)]);
  return results;
}

export function removeScene({ template, original }: Scene): void {
  for (const directory of [template, original]) {
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  }
}
