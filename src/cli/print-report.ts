import { errorCodes } from '../core/error-codes.ts';
import type { AppError } from '../core/outcome.ts';
import { show } from '../core/safe-text.ts';
import type { CliIo } from './cli-io.ts';
import { layOutColumns } from './columns.ts';
import { jsonText } from './json-text.ts';
import { printNotes } from './print-notes.ts';
import type { Report } from './report.ts';
import { terminalRoom } from './terminal-room.ts';

/** How the person or program wants to be spoken to. */
export interface Manner {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly colour: boolean;
  readonly ellipsis: string;
}

/** Prints what a command says and gives the exit status: the report's own, or that of a failed write. */
export async function printReport(report: Report, manner: Manner, io: CliIo): Promise<number> {
  if (!manner.quiet) printNotes(report.notes, io);
  const text = manner.json
    ? jsonText({ schema: 1, ok: report.exit === 0, ...report.json })
    : (report.text ?? (await layOut(report, manner, io)));
  if (text === '') return report.exit;
  const written = io.stdout.write(text);
  return written.ok ? report.exit : printFailure(written.error, { ...manner, json: false }, io);
}

async function layOut(
  { records, frozen, below }: Report,
  { colour, ellipsis }: Manner,
  io: CliIo,
): Promise<string> {
  const room = terminalRoom(io);
  return layOutColumns(records, {
    aligned: room === null ? null : { room, ellipsis },
    colour,
    frozen,
    below,
  });
}

/** Prints an expected failure, as JSON on stdout or for a person on stderr, and gives its exit status. */
export function printFailure(error: AppError, manner: Pick<Manner, 'json'>, io: CliIo): number {
  const { exit } = errorCodes[error.code];
  if (manner.json) {
    const { code, says, hint = null, where = null, details = [] } = error;
    io.stdout.write(jsonText({ schema: 1, ok: false, error: { code, exit, says, hint, where, details } }));
    return exit;
  }
  const where = error.where && !error.says.includes(error.where) ? `${error.where}: ` : '';
  printNotes([`${where}${error.says}`], io);
  const more = [...(error.hint ? [error.hint] : []), ...(error.details ?? [])];
  for (const line of more) io.stderr.write(`  ${show(line)}\n`);
  return exit;
}
