import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { copyOf, keyhole, makeTemplate, plaintextOf, type Scene, type SceneCopy } from './scene.ts';
import { run, runWithFault } from './start.ts';
import { begins, removeScene } from './sweep.ts';
import { type CallPoint, callsOf, changing } from './system-calls.ts';

type State = Readonly<Record<string, Buffer | null>>;

const secrets = ['a.age', 'dir/b.age', 'c.age'] as const;
const files = [...secrets, 'secrets.nix'];

/** What a story may do next, and how the files may look when it was done. */
interface Act {
  readonly kind: 'write' | 'undo' | 'redo';
  readonly words: readonly string[];
  readonly input: string;
  /** Whether the files are as this act makes them out of `before`. */
  readonly isDone: (before: State, now: State) => Promise<boolean>;
}

export interface StoryResult {
  readonly acts: number;
  readonly kills: number;
  /** What contradicted the model, with the story up to then; empty when nothing did. */
  readonly contradictions: readonly string[];
}

const same = (one: State, other: State): boolean =>
  files.every((file) => {
    const [a = null, b = null] = [one[file], other[file]];
    return a === null || b === null ? a === b : a.equals(b);
  });

/**
 * A random sequence of writes, undos and redos with the real program, every other one killed at a random change to the
 * disk, and judged after each start against a pile of snapshots in memory. The same seed tells the same story.
 */
export async function tellStory(seed: number, length: number): Promise<StoryResult> {
  const template = await makeTemplate(secrets);
  const scene: Scene = { name: 'a story', template, command: [], input: '', files, isNew: async () => false };
  const at = copyOf(scene);
  const random = randomFrom(seed);
  const told: string[] = [];
  const contradictions: string[] = [];
  // What stood before each write that stands, and before each undo.
  const piles: { readonly undo: State[]; readonly redo: State[] } = { undo: [], redo: [] };
  let kills = 0;
  for (let count = 0; count < length && contradictions.length === 0; count += 1) {
    const act = chooseAct(random, count, piles);
    const before = stateOf(at);
    const tried = random(2) === 0 ? await kill(at, act, random) : 'not tried';
    const killed = tried === 'killed';
    if (killed) kills += 1;
    if (tried === 'not tried') await run(at.started(keyhole(...act.words), act.input));
    // Any start settles what the kill left.
    await run(at.started(keyhole(random(2) === 0 ? 'list' : 'recover')));
    const now = stateOf(at);
    told.push(`${killed ? 'killed: ' : ''}${act.words.join(' ')}`);
    const done = await act.isDone(before, now);
    if (!same(before, now) && !done)
      contradictions.push(`${told.join('; ')}: neither as before nor as it was to be`);
    if (at.leftovers().length > 0) contradictions.push(`${told.join('; ')}: ${at.leftovers()} left over`);
    if (!same(before, now)) turnPage(piles, act.kind, before);
  }
  at.remove();
  removeScene(scene);
  return { acts: told.length, kills, contradictions };
}

function turnPage(piles: { undo: State[]; redo: State[] }, kind: Act['kind'], before: State): void {
  if (kind === 'undo') {
    piles.undo.pop();
    piles.redo.push(before);
    return;
  }
  if (kind === 'redo') piles.redo.pop();
  else piles.redo.length = 0;
  piles.undo.push(before);
}

function chooseAct(
  random: Random,
  count: number,
  piles: { readonly undo: readonly State[]; readonly redo: readonly State[] },
): Act {
  const choice = random(6);
  if (choice < 2) return reversal('undo', piles.undo.at(-1));
  if (choice === 2) return reversal('redo', piles.redo.at(-1));
  const file = secrets[random(secrets.length)] ?? 'a.age';
  return choice === 3 ? removal(file) : setting(file, `value ${count}\n`.repeat(1 + random(30)));
}

const reversal = (kind: 'undo' | 'redo', wanted: State | undefined): Act => ({
  kind,
  words: [kind],
  input: '',
  isDone: async (_, now) => wanted !== undefined && same(now, wanted),
});

const setting = (file: string, value: string): Act => ({
  kind: 'write',
  words: ['set', file],
  input: value,
  isDone: async (before, now) => {
    const content = now[file] ?? null;
    const others = same({ ...now, [file]: null }, { ...before, [file]: null });
    return others && content !== null && (await plaintextOf(content)) === value;
  },
});

const removal = (file: string): Act => ({
  kind: 'write',
  words: ['rm', file],
  input: '',
  isDone: async (_, now) => now[file] === null && now['secrets.nix']?.includes(`"${file}"`) === false,
});

function stateOf(at: SceneCopy): State {
  return Object.fromEntries(
    files.map((file) => {
      const full = path.join(at.repository, file);
      return [file, lstatSync(full, { throwIfNoEntry: false }) ? readFileSync(full) : null];
    }),
  );
}

/** The calls of an act are counted on a copy, because counting runs it. Now and then a run makes one call fewer. */
async function kill(at: SceneCopy, act: Act, random: Random): Promise<'killed' | 'missed' | 'not tried'> {
  const point = pointOf(at, act, random);
  if (point === null) return 'not tried';
  const ran = await runWithFault(at.started(keyhole(...act.words), act.input), point, 'KILL');
  return ran.hit ? 'killed' : 'missed';
}

function pointOf(at: SceneCopy, act: Act, random: Random): CallPoint | null {
  const rehearsal = copyOf({
    name: '',
    template: at.directory,
    command: [],
    input: '',
    files,
    isNew: async () => false,
  });
  try {
    const calls = callsOf(
      rehearsal.started(keyhole(...act.words), act.input),
      begins,
      changing,
      rehearsal.repository,
    );
    return calls[random(calls.length)] ?? null;
  } catch {
    return null; // an act that is refused, such as undo with nothing to undo
  } finally {
    rehearsal.remove();
  }
}

type Random = (below: number) => number;

/** mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
