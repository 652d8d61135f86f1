import type { CommandSpec } from '../command-spec.ts';
import { commandTable } from '../command-table.ts';
import { globalOptions } from '../global-options.ts';
import { optionRow, section } from './command-help.ts';
import { topics } from './topics.ts';

/** `keyhole --help`, as lines. */
export const overview = (): readonly string[] => [
  'keyhole: git-encrypted secrets in the terminal',
  '',
  '  keyhole [PATH]               open the UI (default: upward from here)',
  '  keyhole COMMAND [ARGUMENT]...',
  ...section(
    'Commands',
    commandTable
      .filter((command: CommandSpec) => !command.hidden)
      .map((command: CommandSpec) => [[command.name, ...command.aliases].join(', '), command.summary]),
  ),
  ...section('Options', globalOptions.map(optionRow)),
  ...section(
    'Topics of keyhole help',
    Object.entries(topics).map(([name, topic]) => [name, topic.summary]),
  ),
];
