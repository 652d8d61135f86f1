import { type Outcome, ok } from '../../core/outcome.ts';
import { show } from '../../core/safe-text.ts';
import type { CliIo } from '../cli-io.ts';
import { candidatesFor } from '../completion/candidates.ts';
import { readWords } from '../completion/read-words.ts';
import { openSessionFor } from '../open-session-for.ts';
import type { Command } from './command.ts';

/**
 * Prints what fits after the words given: `WORD<tab>explanation` lines, or `:file` or `:directory` where the shell
 * completes by itself. Names that need escaping are left out. Never fails: a shell has no place for an error.
 */
export const internalComplete: Command = async (invocation, io): Promise<Outcome<number>> => {
  const { words, also, prefix, typed } = candidatesFor(invocation.positionals);
  const names = also === 'secret' || also === 'reader' ? await namesOf(also, invocation.positionals, io) : [];
  const lines = [
    ...words.map(({ word, says }) => `${prefix}${word}\t${says}`),
    ...names
      .filter((name) => name.startsWith(typed) && show(name) === name)
      .map((name) => `${prefix}${name}\t`),
    ...(also === 'file' || also === 'directory' ? [`:${also}`] : []),
  ];
  io.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return ok(0);
};

async function namesOf(
  kind: 'secret' | 'reader',
  words: readonly string[],
  io: CliIo,
): Promise<readonly string[]> {
  // A Tab needs no key: a pipe given with -i would have nothing left for the command itself.
  const typed = readWords(words.slice(0, -1)).options;
  const options = new Map([...typed].filter(([name]) => name === 'repo' || name === 'rules')).set(
    'quiet',
    [],
  );
  const opened = await openSessionFor({ wants: { kind: 'ui' }, positionals: [], options }, io);
  if (!opened.ok) return [];
  const { secrets, readers, recipients, aliases = new Map() } = opened.value.session.repository();
  if (kind === 'reader') {
    const own = [...aliases].flatMap(([id, alias]) => (recipients.has(id) ? [alias] : []));
    return [...new Set([...readers.map((reader) => reader.name), ...own])];
  }
  const { here } = opened.value;
  const below = here ? secrets.filter(({ id }) => id.startsWith(`${here}/`)) : [];
  return [...below.map(({ id }) => id.slice((here ?? '').length + 1)), ...secrets.map(({ id }) => id)];
}
