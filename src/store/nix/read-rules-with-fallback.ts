import { type Outcome, ok } from '../../core/outcome.ts';
import { failureOf } from './failure-of.ts';
import { evaluateWithNix } from './nix-instantiate.ts';
import { interpretRules, type RulesInput } from './read-rules.ts';
import { readingFromJson } from './reading-from-json.ts';
import type { RulesEntry, RulesReading } from './rules-reading.ts';

/** Kinds of failure in which Nix might succeed. A limit or a refused path is a hostile file's: Nix is not tried. */
const worthAsking: ReadonlySet<string> = new Set(['unsupported', 'failed', 'syntax', 'thrown']);

export interface FallbackInput extends RulesInput {
  /** Only PATH is used. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** False for a file that only might be rules: no process is started to find out. True when absent. */
  readonly useNix?: boolean;
}

/**
 * Reads rules with the evaluator of keyhole; what it cannot evaluate goes to `nix-instantiate` if that is installed.
 * When neither can, the failure is keyhole's own, which names construct and line, unless only Nix knows better.
 * Errors as of `readRules`.
 */
export async function readRulesWithFallback(
  input: FallbackInput,
  signal?: AbortSignal,
): Promise<Outcome<RulesReading>> {
  const own = interpretRules(input);
  if ('reading' in own && !own.undone) return ok(own.reading);
  const outcome: Outcome<RulesReading> =
    'reading' in own
      ? ok(own.reading)
      : { ok: false, error: failureOf(own.failure, input.root, input.rulesPath) };
  if (input.useNix === false || ('failure' in own && !worthAsking.has(own.failure.kind))) return outcome;
  const asked = await evaluateWithNix(input, signal);
  if (!asked.ok) {
    if (outcome.ok || asked.error.code === 'not-found') return outcome;
    const says = `${outcome.error.says}; ${asked.error.says}`;
    return { ok: false, error: { ...outcome.error, says } };
  }
  const reading = readingFromJson(asked.value, input);
  if (!reading.ok) return outcome;
  return outcome.ok ? ok(completed(outcome.value, reading.value)) : reading;
}

/** What Nix knows of the entries that keyhole could not evaluate; the others keep their names and places. */
function completed(own: RulesReading, theirs: RulesReading): RulesReading {
  const missing = new Map(own.broken.map((entry) => [entry.key, entry]));
  const found = theirs.entries.filter((entry) => missing.has(entry.key));
  const placed = found.map((entry): RulesEntry => {
    const at = missing.get(entry.key)?.at;
    return at === undefined ? entry : { ...entry, at };
  });
  const entries = [...own.entries, ...placed].sort((left, right) => (left.key < right.key ? -1 : 1));
  const solved = new Set(found.map((entry) => entry.key));
  const broken = own.broken.filter((entry) => !solved.has(entry.key));
  return { ...own, entries, broken, evaluatedBy: 'nix-instantiate' };
}
