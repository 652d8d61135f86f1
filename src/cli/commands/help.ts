import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { CliIo } from '../cli-io.ts';
import type { CommandSpec } from '../command-spec.ts';
import { type CommandName, commandTable, findCommand } from '../command-table.ts';
import { commandHelp, section } from '../help/command-help.ts';
import { keyGroups } from '../help/key-groups.ts';
import { overview } from '../help/overview.ts';
import { topics } from '../help/topics.ts';
import { wrap } from '../help/wrap.ts';
import { meantWord } from '../meant-word.ts';
import { type Report, report } from '../report.ts';
import type { Command } from './command.ts';

export const help: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const word = invocation.positionals[0];
  if (word === undefined) return ok(linesReport(overview()));
  const command = findCommand(word);
  if (command) return ok(linesReport(commandHelp(command)));
  const topic = Object.hasOwn(topics, word) ? topics[word] : undefined;
  if (!topic) return unknownTopic(word);
  if (word === 'keys') return ok(linesReport(await keysHelp(io)));
  return ok(
    linesReport(topic.text().flatMap((text) => (text.startsWith(' ') ? [text] : [...wrap(text, 80), '']))),
  );
};

/** Answers `--version` and `--help`, which are no commands. */
export function explain(
  wanted: { readonly kind: 'version' } | { readonly kind: 'usage'; readonly command: CommandName | null },
  io: CliIo,
): Outcome<Report> {
  if (wanted.kind === 'version') {
    return ok(report({ json: { version: io.version }, records: [[`keyhole ${io.version}`]] }));
  }
  const command = wanted.command === null ? undefined : findCommand(wanted.command);
  return ok(linesReport(command ? commandHelp(command) : overview()));
}

const linesReport = (lines: readonly string[]): Report =>
  report({ json: { text: lines.join('\n') }, records: lines.map((line) => [line]) });

const keysHelp = async (io: CliIo): Promise<readonly string[]> =>
  keyGroups(await io.keyBindings())
    .flatMap(({ heading, keys }) => section(heading, keys))
    .slice(1);

function unknownTopic(word: string): Outcome<never> {
  const names = [...commandTable.map((command: CommandSpec) => command.name), ...Object.keys(topics)];
  const near = meantWord(word, names);
  return fail('usage', `no help on ${word}`, {
    hint: near ? `did you mean keyhole help ${near}?` : 'keyhole --help lists commands and topics',
  });
}
