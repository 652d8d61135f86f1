import { openSession } from '../app/open-session.ts';
import { drawsAscii } from '../core/draws-ascii.ts';
import { errorPlace } from '../core/error-place.ts';
import { type AppError, fail, ok } from '../core/outcome.ts';
import type { CliIo, World } from './cli-io.ts';
import type { CommandName } from './command-table.ts';
import type { Command } from './commands/command.ts';
import { copy } from './commands/copy.ts';
import { get } from './commands/get.ts';
import { internalComplete } from './commands/internal-complete.ts';
import { list } from './commands/list.ts';
import { matrix } from './commands/matrix.ts';
import { rm } from './commands/rm.ts';
import { set } from './commands/set.ts';
import { redo, undo } from './commands/undo.ts';
import { what } from './commands/what.ts';
import { who } from './commands/who.ts';
import { hasOption, type Invocation, valuesOf } from './invocation.ts';
import { openUiFor } from './open-ui-for.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { type Manner, printFailure, printReport } from './print-report.ts';
import { wantsNoColour } from './wants-no-colour.ts';

/**
 * The command line. stdout gets the result and nothing else: lines for a person or a pipe, or one JSON object.
 * stderr gets notes and errors: `keyhole: `, a lower-case cause, and what to do next on a line of its own. Nobody is
 * asked anything unless stdin and stderr are terminals. Returns the exit status.
 */
export async function runCli(words: readonly string[], world: World): Promise<number> {
  // Opened here and not in `main`, which would load the code of the session a second time.
  const io: CliIo = {
    ...world,
    openUi: async ({ session, ...look }) => {
      const opened = await openSession(session);
      return opened.ok ? ok(await world.showUi(opened.value, look)) : opened;
    },
  };
  const parsed = parseCommandLine(words, io.isPath);
  if (!parsed.ok) return printFailure(parsed.error, { json: asksForJson(words) }, io);
  const invocation = parsed.value;
  const manner = mannerOf(invocation, io);
  const outcome = await perform(invocation, io).catch((error: unknown) => ({
    ok: false as const,
    error: unexpected(error),
  }));
  if (!outcome.ok) return printFailure(outcome.error, manner, io);
  return typeof outcome.value === 'number' ? outcome.value : printReport(outcome.value, manner, io);
}

async function perform(invocation: Invocation, io: CliIo): ReturnType<Command> {
  const { wants } = invocation;
  if (wants.kind === 'command') {
    const run = await commands[wants.name]();
    return run(invocation, io);
  }
  if (wants.kind === 'ui') return openUiFor(invocation, io);
  const { explain } = await import('./commands/help.ts');
  return explain(
    wants.kind === 'version' ? { kind: 'version' } : { kind: 'usage', command: wants.command },
    io,
  );
}

/**
 * Commands that open a repository share nearly everything, so they are loaded together; what one of them needs only
 * sometimes it loads itself. The others are loaded when they are called.
 */
const commands = {
  list: async () => list,
  get: async () => get,
  matrix: async () => matrix,
  who: async () => who,
  what: async () => what,
  copy: async () => copy,
  set: async () => set,
  audit: async () => (await import('./commands/audit.ts')).audit,
  check: async () => (await import('./commands/check.ts')).check,
  edit: async () => (await import('./commands/edit.ts')).edit,
  new: async () => (await import('./commands/new.ts')).create,
  mv: async () => (await import('./commands/transfer.ts')).mv,
  cp: async () => (await import('./commands/transfer.ts')).cp,
  rm: async () => rm,
  grant: async () => (await import('./commands/grant.ts')).grant,
  revoke: async () => (await import('./commands/grant.ts')).revoke,
  reader: async () => (await import('./commands/reader.ts')).reader,
  rekey: async () => (await import('./commands/rekey.ts')).rekey,
  undo: async () => undo,
  redo: async () => redo,
  commit: async () => (await import('./commands/commit.ts')).commit,
  recover: async () => (await import('./commands/recover.ts')).recover,
  demo: async () => (await import('./commands/demo.ts')).demo,
  completion: async () => (await import('./commands/completion.ts')).completion,
  help: async () => (await import('./commands/help.ts')).help,
  'internal-complete': async () => internalComplete,
  'internal-clear-clipboard': async () =>
    (await import('./commands/internal-clear-clipboard.ts')).internalClearClipboard,
  'internal-derive-key': async () => (await import('./commands/internal-derive-key.ts')).internalDeriveKey,
} as const satisfies Record<CommandName, () => Promise<Command>>;

function mannerOf(invocation: Invocation, io: CliIo): Manner {
  const json = hasOption(invocation, 'json') || valuesOf(invocation, 'format').includes('json');
  const noColor = wantsNoColour(invocation, io);
  return {
    json,
    quiet: hasOption(invocation, 'quiet'),
    ellipsis: hasOption(invocation, 'ascii') || drawsAscii(io.env) ? '...' : '…',
    colour: !json && !noColor && io.env['TERM'] !== 'dumb' && io.stdout.isTerminal(),
  };
}

/** For a command line that could not be read: a program that asked for JSON gets its error as JSON. */
function asksForJson(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return words.slice(0, end < 0 ? undefined : end).includes('--json');
}

/** A bug, named by its kind and place. Its message is left out: libraries quote what they were given. */
function unexpected(error: unknown): AppError {
  return fail('unexpected', `unexpected error (${errorPlace(error)})`, {
    hint: 'this is a bug in keyhole; please report it with the text in brackets',
  }).error;
}
