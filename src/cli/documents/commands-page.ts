import type { CommandSpec } from '../command-spec.ts';
import { commandTable } from '../command-table.ts';
import { globalOptions } from '../global-options.ts';
import { optionRow, synopsis } from '../help/command-help.ts';
import { topics } from '../help/topics.ts';
import { markdownPage, markdownTable } from './markdown.ts';

/** `docs/commands.md`. */
export function commandsPage(): string {
  const commands = commandTable.filter((command: CommandSpec) => !command.hidden);
  return markdownPage('Commands', [
    '`keyhole [PATH]` opens the UI on the repository at PATH or above it; everything the UI does is also a command.',
    markdownTable(
      ['command', 'does'],
      commands.map((command: CommandSpec) => [
        [command.name, ...command.aliases].map((name) => `\`${name}\``).join(', '),
        command.summary,
      ]),
    ),
    '## Options of every command',
    options(globalOptions.map(optionRow)),
    ...commands.flatMap(commandParts),
    ...Object.entries(topics)
      .filter(([name]) => !['checks', 'exit-codes', 'keys'].includes(name))
      .flatMap(([, topic]) => [`## ${capital(topic.summary)}`, ...topicParts(topic.text())]),
    'See also [what check finds](checks.md), [check in CI](ci.md), [exit codes](exit-codes.md), [keys of the UI](keys.md) and the [JSON Schema](schema) of each output.',
  ]);
}

function commandParts(command: CommandSpec): readonly string[] {
  return [
    `## keyhole ${command.name}`,
    `${capital(command.summary)}.`,
    `    ${synopsis(command)}`,
    ...command.details,
    ...(command.options.length > 0 ? [options(command.options.map(optionRow))] : []),
    ...command.examples.map((example) => `${capital(example.says)}: \`${example.command}\``),
  ];
}

const options = (rows: readonly (readonly [string, string])[]): string =>
  markdownTable(
    ['option', ''],
    rows.map(([words, says]) => [`\`${words}\``, says]),
  );

/** Lines that are kept as they are become one block of code. */
function topicParts(lines: readonly string[]): readonly string[] {
  const parts: string[] = [];
  let block: string[] = [];
  for (const line of [...lines, '']) {
    if (line.startsWith(' ')) block.push(`  ${line}`);
    else {
      if (block.length > 0) parts.push(block.join('\n'));
      block = [];
      if (line !== '') parts.push(line);
    }
  }
  return parts;
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
