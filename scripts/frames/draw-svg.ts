import type { StyledRun } from './styled-cells.ts';

const cell = { width: 8.4, height: 18 };
const margin = 12;
const canvas = '#16181d';
const ink = '#d6d8dd';
// One Half Dark: the sixteen colours of a terminal, as a person's own palette would give them.
const palette = [
  ...['#282c34', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#dcdfe4'],
  ...['#5a6374', '#ff7b86', '#b5e890', '#ffd68a', '#82c4ff', '#e29bf0', '#7fdbe6', '#ffffff'],
];

/** Draws a captured screen as an SVG picture: one `<text>` a run, so that the text can still be read and searched. */
export function drawSvg(lines: readonly (readonly StyledRun[])[], columns: number, title: string): string {
  const width = round(columns * cell.width + 2 * margin);
  const height = lines.length * cell.height + 2 * margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${canvas}"/>`,
    `<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14">`,
    ...lines.flatMap((runs, row) => drawLine(runs, row)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function drawLine(runs: readonly StyledRun[], row: number): string[] {
  const top = margin + row * cell.height;
  let column = 0;
  return runs.flatMap((run) => {
    const x = round(margin + column * cell.width);
    const length = [...run.text].length;
    const width = round(length * cell.width);
    column += length;
    const [front, back] = run.inverse
      ? [colour(run.background, canvas), colour(run.foreground, ink)]
      : [colour(run.foreground, ink), colour(run.background, canvas)];
    const box =
      back === canvas
        ? []
        : [`<rect x="${x}" y="${top}" width="${width}" height="${cell.height}" fill="${back}"/>`];
    const attributes = [
      `fill="${front}"`,
      ...(run.bold ? ['font-weight="bold"'] : []),
      ...(run.italic ? ['font-style="italic"'] : []),
      ...(run.underline ? ['text-decoration="underline"'] : []),
      ...(run.dim ? ['opacity="0.6"'] : []),
    ].join(' ');
    return [...box, ...wordsOf(run.text).map((word) => drawWord(word, x, top, attributes))];
  });
}

function drawWord(
  word: { text: string; column: number },
  left: number,
  top: number,
  attributes: string,
): string {
  const x = round(left + word.column * cell.width);
  const width = round([...word.text].length * cell.width);
  return `<text x="${x}" y="${top + 13.5}" textLength="${width}" ${attributes}>${escapeXml(word.text)}</text>`;
}

/** Stretches without two blanks in a row: what programs do with blanks in SVG differs. */
function wordsOf(text: string): { text: string; column: number }[] {
  return [...text.matchAll(/\S+(?: \S+)*/g)].map((match) => ({
    text: match[0],
    column: [...text.slice(0, match.index)].length,
  }));
}

const colour = (value: number | string | null, fallback: string): string =>
  typeof value === 'number' ? (palette[value] ?? fallback) : (value ?? fallback);

const escapeXml = (text: string) =>
  text
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '?');

const round = (value: number) => Math.round(value * 100) / 100;
