import { show } from '../core/safe-text.ts';

/**
 * A grid as CSV (RFC 4180 quoting, newline ends a line). Names come from the repository: a cell that a spreadsheet
 * would run as a formula gets a quote in front.
 */
export const csvText = (grid: readonly (readonly string[])[]): string =>
  grid.map((row) => `${row.map(csvCell).join(',')}\n`).join('');

function csvCell(text: string): string {
  const shown = show(text);
  const harmless = shown !== '-' && /^[=+\-@]/.test(shown) ? `'${shown}` : shown;
  return /[",]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A grid as a Markdown table; the first row is the heading. */
export function markdownText(grid: readonly (readonly string[])[]): string {
  const [heading = [], ...rows] = grid;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return [
    line(heading.map(markdownCell)),
    line(heading.map(() => '---')),
    ...rows.map((row) => line(row.map(markdownCell))),
  ].join('');
}

/** Names must not become links, markup or HTML in somebody's review. */
const markdownCell = (text: string): string =>
  show(text).replace(/[\\`*_{}[\]<>()#!|~&]/g, (sign) => `\\${sign}`);
