import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { CommandSpec } from './command-spec.ts';
import { type CommandName, commandTable, findCommand } from './command-table.ts';
import { findOption, optionsFor } from './find-option.ts';
import type { Invocation } from './invocation.ts';
import { meantWord } from './meant-word.ts';

type FoundCommand = CommandSpec & { readonly name: CommandName };

/**
 * Reads the command line as GNU programs do: options anywhere, `--name=value` or `--name value`, short ones in one
 * word (`-qv`, `-Cdir`), `--` ends options. A first word that is no command is a path for the UI when `isPath`
 * says so. Errors: `usage`.
 */
export function parseCommandLine(
  words: readonly string[],
  isPath: (word: string) => boolean,
): Outcome<Invocation> {
  const options = new Map<string, string[]>();
  const positionals: string[] = [];
  let command: FoundCommand | undefined;
  let path = false;
  let ended = false;

  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (ended || word === '-' || !word.startsWith('-')) {
      if (command || path) positionals.push(word);
      else if (!ended && findCommand(word)) command = findCommand(word);
      else if (ended || isPath(word)) {
        positionals.push(word);
        path = true;
      } else return unknownCommand(word);
    } else if (word === '--') {
      ended = true;
    } else {
      for (const part of splitOptions(word, command)) {
        const option = findOption(part.name, command);
        if (!option) return unknownOption(part.name, command);
        const given = options.get(option.name) ?? [];
        options.set(option.name, given);
        if (!option.value) {
          if (part.value !== undefined) return fail('usage', `--${option.name} takes no value`);
          continue;
        }
        const value = part.value ?? words[++index];
        if (value === undefined || value === '') {
          return fail('usage', `--${option.name} needs a value: ${option.value}`);
        }
        const allowed = option.completes;
        if (typeof allowed === 'object' && !allowed.includes(value)) {
          return fail('usage', `--${option.name} is one of ${allowed.join(', ')}, not "${value}"`);
        }
        if (given.length > 0 && !option.repeatable) {
          return fail('usage', `--${option.name} is given more than once`);
        }
        given.push(value);
      }
    }
  }
  return finish(command, positionals, options);
}

function finish(
  command: FoundCommand | undefined,
  positionals: readonly string[],
  options: ReadonlyMap<string, readonly string[]>,
): Outcome<Invocation> {
  if (options.has('help'))
    return ok({ wants: { kind: 'help', command: command?.name ?? null }, positionals, options });
  if (options.has('version')) return ok({ wants: { kind: 'version' }, positionals, options });
  if (!command) {
    if (positionals.length > 1) {
      return fail('usage', 'only one PATH can be opened', { hint: 'keyhole --help lists the commands' });
    }
    if (positionals.length === 1 && options.has('repo')) {
      return fail('usage', 'PATH and --repo say the same thing: give one of them');
    }
    return ok({ wants: { kind: 'ui' }, positionals, options });
  }
  const hint = `keyhole ${command.name} --help`;
  const missing = command.arguments.filter((argument) => argument.required)[positionals.length];
  if (missing) return fail('usage', `${command.name} needs ${missing.name}: ${missing.says}`, { hint });
  if (
    !command.arguments.some((argument) => argument.repeatable) &&
    positionals.length > command.arguments.length
  ) {
    const takes = command.arguments.length === 0 ? 'no argument' : `one ${command.arguments[0]?.name}`;
    return fail('usage', `${command.name} takes ${takes}`, { hint });
  }
  const shape = command.arguments[0]?.completes;
  const word = positionals[0];
  if (typeof shape === 'object' && word !== undefined && !shape.includes(word)) {
    return fail('usage', `${command.arguments[0]?.name} is one of ${shape.join(', ')}, not "${word}"`, {
      hint,
    });
  }
  return ok({ wants: { kind: 'command', name: command.name }, positionals, options });
}

/** `--name=value` or a cluster of short options, whose last may hold its value in the same word. */
function splitOptions(
  word: string,
  command: FoundCommand | undefined,
): readonly { readonly name: string; readonly value?: string }[] {
  if (word.startsWith('--')) {
    const equals = word.indexOf('=');
    return equals < 0 ? [{ name: word }] : [{ name: word.slice(0, equals), value: word.slice(equals + 1) }];
  }
  const parts: { name: string; value?: string }[] = [];
  for (let index = 1; index < word.length; index++) {
    const name = `-${word[index]}`;
    const rest = word.slice(index + 1);
    if (rest !== '' && findOption(name, command)?.value) return [...parts, { name, value: rest }];
    parts.push({ name });
  }
  return parts;
}

function unknownCommand(word: string): Outcome<never> {
  const names = commandTable.flatMap((spec: CommandSpec) =>
    spec.hidden ? [] : [spec.name, ...spec.aliases],
  );
  const near = meantWord(word, names);
  return fail('usage', `unknown command: ${word}`, {
    hint: near
      ? `did you mean keyhole ${near}?`
      : 'keyhole --help lists the commands; ./NAME opens a directory',
  });
}

function unknownOption(name: string, command: FoundCommand | undefined): Outcome<never> {
  const near = meantWord(
    name,
    optionsFor(command).map((option) => `--${option.name}`),
  );
  const elsewhere = commandTable.some((spec: CommandSpec) =>
    spec.options.some((option) => name === `--${option.name}` || name === `-${option.short}`),
  );
  const hint = near
    ? `did you mean ${near}?`
    : !command && elsewhere
      ? 'options of a command come after its name'
      : `keyhole ${command ? `${command.name} ` : ''}--help lists the options; after -- a name may start with a dash`;
  return fail('usage', `unknown option: ${name}`, { hint });
}
