import { openSession } from '../app/open-session.ts';
import { relativeToRoot } from '../app/relative-to-root.ts';
import type { Session, SessionOptions } from '../app/session.ts';
import { tellRecovery } from '../app/usecases/tell-recovery.ts';
import { counted } from '../core/counted.ts';
import { type Outcome, ok } from '../core/outcome.ts';
import { type ResolvedAddress, resolveAddress } from '../core/resolve-address.ts';
import type { CliIo } from './cli-io.ts';
import { hasOption, type Invocation } from './invocation.ts';
import { printNotes } from './print-notes.ts';
import { refuseWhenWatched } from './refuse-when-watched.ts';
import { sessionOptions } from './session-options.ts';
import { unusableKeys } from './unusable-keys.ts';

export interface OpenedForCommand {
  readonly session: Session;
  /** The working directory from the root, `''` at the root; `null` when it lies outside. */
  readonly here: string | null;
  /** Finds what a person typed; a unique end of a path is enough. */
  readonly resolve: (text: string) => Outcome<ResolvedAddress>;
  /** Keys given with -i that are no use; `--verbose` has told of all keys already. */
  readonly notes: readonly string[];
}

/**
 * Opens the repository a command works on. What became of interrupted writes, and with `--verbose` which rules and keys
 * are used, is told at once: the command may fail, and then it matters most.
 *
 * @param only the one secret that the command is about
 */
export async function openSessionFor(
  invocation: Invocation,
  io: CliIo,
  only?: SessionOptions['only'],
): Promise<Outcome<OpenedForCommand>> {
  const watched = refuseWhenWatched(io);
  if (watched) return watched;
  const options = sessionOptions(invocation, io);
  // What --verbose tells, such as which rules are used, takes the whole repository.
  const verbose = hasOption(invocation, 'verbose');
  const whole = only === undefined || verbose;
  const opened = await openSession(whole ? options : { ...options, only });
  if (!opened.ok) return opened;
  const session = opened.value;
  const { settled, error } = session.recovery;
  const interrupted = [
    ...settled.flatMap(tellRecovery),
    ...(error ? [`an interrupted write could not be settled: ${error.says}`] : []),
  ];
  if (!hasOption(invocation, 'quiet'))
    printNotes([...interrupted, ...(verbose ? await verboseNotes(session) : [])], io);
  const here = relativeToRoot(session.repository().root, options.path);
  return ok({
    session,
    here,
    resolve: (text) => resolveAddress(session.repository(), text, here, true),
    notes: verbose ? [] : await unusableKeys(session, options),
  });
}

async function verboseNotes(session: Session): Promise<readonly string[]> {
  const { root, rules } = session.repository();
  return [
    `repository ${root}`,
    ...rules.map(
      (file) =>
        `rules ${file.path}: ${counted(file.entries, 'entry', 'entries')}, read by ${file.evaluatedBy}`,
    ),
    ...(await session.identities()).map(({ origin, kind, lock, error }) =>
      lock === 'unusable'
        ? `key ${origin}: unusable, ${error?.says ?? 'for an unknown reason'}`
        : `key ${origin}: ${kind}, ${lock}`,
    ),
    ...(await session.emptyKeyPlaces()).map(({ origin, says }) => `no key at ${origin}: ${says}`),
  ];
}
