import type { RegexProgram } from './regex-program.ts';

/** Byte offsets of start and end of each group, -1 where it took no part; group 0 is the whole match. */
export type Captures = Int32Array;

interface Threads {
  readonly states: number[];
  readonly captures: Captures[];
}

/**
 * Finds the longest match that starts at `from` or, unless `anchored`, at the first later place; among equally long
 * ones the one that prefers earlier alternatives and more repetitions. This is what libstdc++ finds for extended
 * expressions. All alternatives advance together, so the work is bounded by states × length (Pike, Thompson);
 * `pay` is called with the work done.
 */
export function findMatch(
  program: RegexProgram,
  text: string,
  from: number,
  options: {
    readonly anchored: boolean;
    readonly whole: boolean;
    readonly notEmpty: boolean;
    readonly pay: (work: number) => void;
  },
): Captures | null {
  const slots = (program.groups + 1) * 2;
  const seen = new Int32Array(program.states.length).fill(-1);
  let best: Captures | null = null;
  let current: Threads = { states: [], captures: [] };

  /** Follows the states that read nothing, without recursion, in order of preference. */
  const follow = (threads: Threads, start: number, captures: Captures, at: number): void => {
    const stack: (readonly [number, Captures])[] = [[start, captures]];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const [index, held] = top;
      const state = program.states[index];
      if (state === undefined || seen[index] === at) continue;
      seen[index] = at;
      if (state.type === 'split') stack.push([state.second, held], [state.first, held]);
      else if (state.type === 'save') {
        const saved = held.slice();
        saved[state.slot] = at;
        stack.push([state.next, saved]);
      } else if (state.type === 'start') {
        if (at === 0) stack.push([state.next, held]);
      } else if (state.type === 'end') {
        if (at === text.length) stack.push([state.next, held]);
      } else {
        threads.states.push(index);
        threads.captures.push(held);
      }
    }
  };

  for (let at = from; ; at++) {
    // Where something was found, whatever starts later loses.
    if (best === null && (at === from || !options.anchored)) {
      const fresh = new Int32Array(slots).fill(-1);
      fresh[0] = at;
      follow(current, program.start, fresh, at);
    }
    options.pay(current.states.length + 1);
    const next: Threads = { states: [], captures: [] };
    const code = text.charCodeAt(at);
    for (const [order, index] of current.states.entries()) {
      const state = program.states[index];
      const held = current.captures[order];
      if (state === undefined || held === undefined) continue;
      if (state.type === 'accept') {
        const long = at - (held[0] ?? 0);
        const fits = (!options.whole || at === text.length) && !(options.notEmpty && long === 0);
        if (fits && isBetter(best, held, at)) {
          best = held.slice();
          best[1] = at;
        }
      } else if (state.type === 'set' && at < text.length && state.members[code] === 1) {
        follow(next, state.next, held, at + 1);
      }
    }
    const done = next.states.length === 0 && (best !== null || options.anchored);
    if (done || at >= text.length) return best;
    current = next;
  }
}

/** Leftmost first, then longest; the first found of equals stays. */
function isBetter(best: Captures | null, held: Captures, end: number): boolean {
  if (best === null) return true;
  const start = held[0] ?? 0;
  const bestStart = best[0] ?? 0;
  return start < bestStart || (start === bestStart && end > (best[1] ?? 0));
}
