import { exitStatuses } from '../help/exit-statuses.ts';
import { markdownPage, markdownTable } from './markdown.ts';

/** `docs/exit-codes.md`. */
export const exitCodesPage = (): string =>
  markdownPage('Exit codes', [
    'The status a command ends with, and the `code` in the JSON of its error. Both are stable; one status may stand for several codes.',
    markdownTable(
      ['status', 'code', 'means'],
      exitStatuses().map(({ exit, code, means }) => [String(exit), `\`${code}\``, means]),
    ),
    'A process that was killed by a signal ends with 128 and the number of the signal, as the shell reports it.',
  ]);
