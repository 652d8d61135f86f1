import type { CommandSpec, OptionSpec } from './command-spec.ts';
import { globalOptions } from './global-options.ts';

/** What may be given with a command, or before one is known. */
export const optionsFor = (command: CommandSpec | undefined): readonly OptionSpec[] => [
  ...(command?.options ?? []),
  ...globalOptions,
];

/** The option written so, dashes included. */
export const findOption = (word: string, command: CommandSpec | undefined): OptionSpec | undefined =>
  optionsFor(command).find((option) => word === `--${option.name}` || word === `-${option.short}`);
