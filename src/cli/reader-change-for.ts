import type { ReaderRequest } from '../app/usecases/meant-reader.ts';
import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { CliIo } from './cli-io.ts';
import { confirmReaders } from './confirm-readers.ts';
import { hasOption, type Invocation } from './invocation.ts';
import { mayAsk } from './may-ask.ts';
import { type OpenedForCommand, openSessionFor } from './open-session-for.ts';
import { prepareOpening } from './prepare-opening.ts';
import { printNotes } from './print-notes.ts';
import type { Report } from './report.ts';
import { requireRules } from './require-rules.ts';
import { showProgress } from './show-progress.ts';

/** A request as the command line has it, with what is to be said of it. */
export interface RequestForCommand {
  readonly request: ReaderRequest;
  readonly notes: readonly string[];
}

/** Opens the repository, prepares what is asked, shows it, asks what must be asked, and writes it. */
export async function readerChangeFor(
  invocation: Invocation,
  io: CliIo,
  requestOf: (opened: OpenedForCommand) => Promise<Outcome<RequestForCommand>>,
): Promise<Outcome<Report>> {
  const opened = await openSessionFor(invocation, io);
  if (!opened.ok) return opened;
  const { session, notes } = opened.value;
  const progress = showProgress(invocation, io);
  try {
    const rules = requireRules(session.repository());
    if (!rules.ok) return rules;
    const asked = await requestOf(opened.value);
    if (!asked.ok) return asked;
    const { prepareReaderChange } = await import('../app/usecases/prepare-reader-change.ts');
    const prepared = await prepareOpening(invocation, io, progress, (opening) =>
      prepareReaderChange(session, {
        request: asked.value.request,
        ...opening,
      }),
    );
    if (!prepared.ok) return prepared;
    const { plan, label, doubts, fresh } = prepared.value;
    const taken = await takeInSpiteOf(doubts, invocation, io);
    if (!taken.ok) return taken;
    const agreed = await confirmReaders(invocation, io, session, prepared.value);
    if (!agreed.ok) return agreed;
    const { writeFor } = await import('./write-for.ts');
    return await writeFor(invocation, io, session, {
      kind: 'write',
      plan,
      label,
      unchanged: label,
      notes: [...notes, ...asked.value.notes, ...prepared.value.notes, ...doubts],
      keepsValues: true,
      named: prepared.value.named,
      fresh,
      onProgress: (done, total) => progress.tell('encrypting', done, total),
    });
  } finally {
    progress.end();
    session.lock();
  }
}

/** A key that looks like another is asked about, and refused where nobody answers. Errors: `bad-recipient`, `stopped`. */
async function takeInSpiteOf(
  doubts: readonly string[],
  invocation: Invocation,
  io: CliIo,
): Promise<Outcome<null>> {
  const [first] = doubts;
  if (first === undefined || hasOption(invocation, 'accept-look-alike') || hasOption(invocation, 'dry-run'))
    return ok(null);
  if (!mayAsk(invocation, io)) {
    return {
      ok: false,
      error: {
        code: 'bad-recipient',
        says: first,
        hint: 'compare the whole key; --accept-look-alike takes it all the same',
        details: doubts.slice(1),
      },
    };
  }
  printNotes(doubts, io);
  const { confirm } = await import('../app/terminal/confirm.ts');
  const answer = await confirm('take this key all the same?');
  if (!answer.ok) return answer;
  return answer.value ? ok(null) : fail('stopped', 'nothing was written');
}
