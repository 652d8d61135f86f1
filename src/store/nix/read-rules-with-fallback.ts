import { type AppError, fail, type Outcome, ok } from '../../core/outcome.ts';
import { failureOf, installNix } from './failure-of.ts';
import { evaluateWithNix } from './nix-instantiate.ts';
import type { NixTime } from './nix-time.ts';
import { interpretRules, type RulesInput } from './read-rules.ts';
import { readingFromJson } from './reading-from-json.ts';
import type { RulesEntry, RulesReading } from './rules-reading.ts';

/** Kinds of failure in which Nix might succeed. A limit or a refused path is a hostile file's: Nix is not tried. */
const worthAsking: ReadonlySet<string> = new Set(['unsupported', 'failed', 'syntax', 'thrown']);

export interface FallbackInput extends RulesInput {
  /** Only PATH is used. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What Nix takes is taken off it. `null` for a file that only might be rules: no process is started to find out. */
  readonly nixTime: NixTime | null;
}

/**
 * Reads rules with the evaluator of keyhole; what it cannot evaluate goes to `nix-instantiate` if that is installed.
 * When neither can, the failure is keyhole's own, which names construct and line, with what became of Nix.
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
  if ('failure' in own && !worthAsking.has(own.failure.kind)) return outcome;
  if (input.nixTime === null)
    return mapFailures(outcome, ({ hint, ...error }) => ({ ...error, ...(hint && { hint: nameTheFile }) }));
  const asked = await askNix(input, input.nixTime, signal);
  if (!asked.ok) {
    const { code, says } = asked.error;
    if (code === 'not-found') return outcome;
    // Whoever has Nix needs no hint to install it.
    return mapFailures(outcome, ({ hint: _, ...error }) => ({ ...error, says: `${error.says}; ${says}` }));
  }
  const reading = readingFromJson(asked.value, input);
  if (!reading.ok) return outcome;
  return outcome.ok ? ok(completed(outcome.value, reading.value)) : reading;
}

const nameTheFile = 'name the file with --rules: keyhole then asks nix-instantiate if that is installed';

async function askNix(input: FallbackInput, time: NixTime, signal?: AbortSignal): Promise<Outcome<unknown>> {
  if (time.left <= 0)
    return fail('bad-rules', 'nix-instantiate was not asked: other rules took all its time');
  const started = performance.now();
  const asked = await evaluateWithNix({ ...input, timeout: time.left }, signal);
  time.left -= performance.now() - started;
  return asked;
}

/** Changes the failures that Nix might have helped with. */
function mapFailures(
  outcome: Outcome<RulesReading>,
  change: (error: AppError) => AppError,
): Outcome<RulesReading> {
  if (!outcome.ok) return { ok: false, error: change(outcome.error) };
  const broken = outcome.value.broken.map((entry) =>
    entry.error.hint === installNix ? { ...entry, error: change(entry.error) } : entry,
  );
  return ok({ ...outcome.value, broken });
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
