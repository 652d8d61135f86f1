import type { CommandSpec, OptionSpec } from '../command-spec.ts';
import { findCommand } from '../command-table.ts';
import { findOption } from '../find-option.ts';

export interface WordsBefore {
  readonly command: CommandSpec | undefined;
  readonly positionals: number;
  readonly ended: boolean;
  /** The option whose value is being typed. */
  readonly needsValueOf: OptionSpec | undefined;
  /** Values of the options so far, by long name. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** Reads a command line that is not finished: whatever is wrong with it is ignored. */
export function readWords(words: readonly string[]): WordsBefore {
  let command: CommandSpec | undefined;
  let positionals = 0;
  let ended = false;
  let needsValueOf: OptionSpec | undefined;
  const options = new Map<string, readonly string[]>();
  for (const word of words) {
    if (needsValueOf) {
      options.set(needsValueOf.name, [...(options.get(needsValueOf.name) ?? []), word]);
      needsValueOf = undefined;
    } else if (!ended && word === '--') ended = true;
    else if (!ended && word.startsWith('-') && word !== '-') {
      const [name = '', value] = word.split(/=(.*)/s);
      const option = findOption(name, command);
      if (option?.value && value === undefined) needsValueOf = option;
      else if (option && value !== undefined)
        options.set(option.name, [...(options.get(option.name) ?? []), value]);
    } else if (!command && !ended && positionals === 0 && findCommand(word)) command = findCommand(word);
    else positionals += 1;
  }
  return { command, positionals, ended, needsValueOf, options };
}
