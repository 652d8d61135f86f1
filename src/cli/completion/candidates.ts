import type { CommandSpec, Completes } from '../command-spec.ts';
import { commandTable } from '../command-table.ts';
import { findOption, optionsFor } from '../find-option.ts';
import { topics } from '../help/topics.ts';
import { readWords } from './read-words.ts';

/** What can be typed at the end of a command line; the shell itself completes files and directories. */
export interface Candidates {
  readonly words: readonly { readonly word: string; readonly says: string }[];
  readonly also: 'nothing' | 'file' | 'directory' | 'secret' | 'reader';
  /** What stands before the part that is completed, for `--name=part`. */
  readonly prefix: string;
  /** The part that is completed. */
  readonly typed: string;
}

/** What fits after `words`, whose last one is being typed (perhaps empty). The program's name is not among them. */
export function candidatesFor(words: readonly string[]): Candidates {
  const typed = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const state = readWords(before);
  const none: Candidates = { words: [], also: 'nothing', prefix: '', typed };
  if (state.needsValueOf) return ofKind(state.needsValueOf.completes ?? 'nothing', typed, '');
  if (!state.ended && typed.startsWith('-')) {
    const equals = typed.indexOf('=');
    if (equals >= 0) {
      const option = findOption(typed.slice(0, equals), state.command);
      const prefix = typed.slice(0, equals + 1);
      return option?.value ? ofKind(option.completes ?? 'nothing', typed.slice(equals + 1), prefix) : none;
    }
    return {
      words: optionsFor(state.command)
        .map((option) => ({ word: `--${option.name}`, says: option.says }))
        .filter(({ word }) => word.startsWith(typed)),
      also: 'nothing',
      prefix: '',
      typed,
    };
  }
  if (!state.command) {
    if (state.ended || state.positionals > 0)
      return { ...none, also: state.positionals > 0 ? 'nothing' : 'directory' };
    return { words: commandWords(typed), also: 'directory', prefix: '', typed };
  }
  const { arguments: expected } = state.command;
  const last = expected.at(-1);
  const argument = expected[state.positionals] ?? (last?.repeatable ? last : undefined);
  return argument ? ofKind(argument.completes, typed, '') : none;
}

function ofKind(kind: Completes, typed: string, prefix: string): Candidates {
  if (typeof kind === 'string' && kind !== 'command-or-topic')
    return { words: [], also: kind, prefix, typed };
  const words =
    kind === 'command-or-topic'
      ? [
          ...commandWords(''),
          ...Object.entries(topics).map(([word, topic]) => ({ word, says: topic.summary })),
        ]
      : kind.map((word) => ({ word, says: '' }));
  return { words: words.filter(({ word }) => word.startsWith(typed)), also: 'nothing', prefix, typed };
}

const commandWords = (typed: string): readonly { word: string; says: string }[] =>
  commandTable
    .filter((command: CommandSpec) => !command.hidden)
    .flatMap((command: CommandSpec) =>
      [command.name, ...command.aliases].map((word) => ({ word, says: command.summary })),
    )
    .filter(({ word }) => word.startsWith(typed));
