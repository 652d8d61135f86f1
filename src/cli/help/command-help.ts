import type { CommandSpec, OptionSpec } from '../command-spec.ts';
import { globalOptions } from '../global-options.ts';
import { wrap } from './wrap.ts';

const width = 80;

/** `keyhole COMMAND --help`, as lines. */
export function commandHelp(command: CommandSpec): readonly string[] {
  return [
    `keyhole ${command.name}: ${command.summary}`,
    '',
    `  ${synopsis(command)}`,
    ...command.aliases.map((alias) => `  ${synopsis({ ...command, name: alias })}`),
    ...command.details.flatMap((paragraph) => ['', ...wrap(paragraph, width)]),
    ...section(
      'Arguments',
      command.arguments.map((argument) => [argument.name, argument.says]),
    ),
    ...section('Options', command.options.map(optionRow)),
    ...section('Options of every command', globalOptions.map(optionRow)),
    ...section(
      'Examples',
      command.examples.map((example) => [example.command, example.says]),
    ),
  ];
}

/** `list [GLOB]... [--state STATE]...`, with the program's name. */
export function synopsis(command: CommandSpec): string {
  const words = command.arguments.map((argument) => {
    const word = argument.repeatable ? `${argument.name}...` : argument.name;
    return argument.required ? word : `[${word}]`;
  });
  const options = command.options.map((option) => {
    const dashed = option.short ? `-${option.short}` : `--${option.name}`;
    return `[${option.value ? `${dashed} ${option.value}` : dashed}]`;
  });
  return ['keyhole', command.name, ...words, ...options].join(' ');
}

export const optionRow = (option: OptionSpec): readonly [string, string] => [
  optionWords(option),
  option.says,
];

/** `-o, --output FILE` */
export function optionWords(option: OptionSpec): string {
  const short = option.short ? `-${option.short}, ` : '';
  return `${short}--${option.name}${option.value ? ` ${option.value}` : ''}`;
}

/** A heading and two columns, the second wrapped; nothing when there are no rows. */
export function section(heading: string, rows: readonly (readonly [string, string])[]): readonly string[] {
  if (rows.length === 0) return [];
  const column = Math.min(28, Math.max(...rows.map(([left]) => left.length))) + 4;
  return [
    '',
    `${heading}:`,
    ...rows.flatMap(([left, right]) => {
      const [first = '', ...rest] = wrap(right, width, ' '.repeat(column));
      const tooLong = left.length + 4 > column;
      return tooLong
        ? [`  ${left}`, first, ...rest]
        : [`  ${left}`.padEnd(column) + first.trimStart(), ...rest];
    }),
  ];
}
