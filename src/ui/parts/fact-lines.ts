import { isUncommitted, sayGitState } from '../../core/git-state.ts';
import type { Secret } from '../../core/secret.ts';
import { textWidth } from '../../core/text-width.ts';
import type { Pen } from '../pen.ts';
import type { Model } from '../state/model.ts';
import { readerGroups } from '../state/reader-groups.ts';
import { readableOf } from '../state/select.ts';
import { padEnd, type Span, span, wrapText } from '../styled-text.ts';
import { relativeAge } from './relative-age.ts';
import { usageLines } from './usage-lines.ts';

type Line = readonly Span[];

/** What is known of a secret without opening it. Never says more than its header and the rules prove. */
export function factLines(model: Model, pen: Pen, secret: Secret, width: number): readonly Line[] {
  return [
    ...identityLines(pen, secret, width),
    ...damageLines(pen, secret, width),
    ...verdictLines(model, secret),
    [],
    ...readerLines(model, pen, secret, width),
    [],
    ...changeLines(model, pen, secret),
    ...gitLines(model, secret, width),
    ...usageLines(model, pen, secret, width),
  ];
}

function identityLines(
  pen: Pen,
  { backend, size, armored, rule, ruleProblem, state }: Secret,
  width: number,
): readonly Line[] {
  const file = state === 'missing' ? 'no file' : `${bytes(size)}${armored ? ', armored' : ''}`;
  const first = [span(`${backend}  ${file}`)];
  const ruleAt = (place: string): Line => {
    const label = 'rule  ';
    return [span(label, 'quiet'), span(pen.middle(pen.show(place), Math.max(8, width - label.length)))];
  };
  if (rule) return [first, ruleAt(rule.at ? `${rule.at.file}:${rule.at.line}` : rule.rulesFile)];
  if (!ruleProblem) return [first, [span('in no rules file', 'warning')]];
  const { says, where } = ruleProblem;
  const why = wrapText(`its rule could not be read: ${pen.show(says)}`, width);
  return [
    first,
    ...why.map((text) => [span(text, 'warning')]),
    ...(where === undefined ? [] : [ruleAt(where)]),
  ];
}

function damageLines(pen: Pen, { state, problem }: Secret, width: number): readonly Line[] {
  if (state !== 'damaged') return [];
  const { says, hint } = problem ?? { says: 'no reason known', hint: undefined };
  const hints = hint === undefined ? [] : wrapText(pen.show(hint), width);
  return [
    ...wrapText(`damaged: ${pen.show(says)}`, width).map((text) => [span(text, 'bad')]),
    ...hints.map((text) => [span(text)]),
  ];
}

const verdicts = {
  match: span('proved to match its rules', 'good'),
  drift: span('differs from its rules', 'warning'),
  unknown: span('reader count fits the rules', 'quiet'),
  invalid: span('not a legal header', 'bad'),
} as const;

function verdictLines(model: Model, { comparison, id, rule }: Secret): readonly Line[] {
  const readable = { yes: 'a key found here opens it', no: 'no key found here opens it', unknown: null }[
    readableOf(model, id)
  ];
  return [
    ...(comparison && (rule || comparison.verdict === 'invalid') ? [[verdicts[comparison.verdict]]] : []),
    ...(readable === null ? [] : [[span(readable, 'quiet')]]),
  ];
}

function readerLines({ repository }: Model, pen: Pen, secret: Secret, width: number): readonly Line[] {
  const { groups, extra, missing, missingAmong } = readerGroups(repository, secret);
  const { unknown = 0 } = secret.comparison ?? {};
  if (!secret.rule && !secret.comparison) return [];
  const onFile = (secret.comparison?.extra.length ?? 0) + unknown;
  const title = secret.rule
    ? `readers in the rules (${secret.declared.length})`
    : `readers in the file (${onFile})`;
  const lines: Line[] = [[span(title, 'title')]];
  for (const [name, members] of groups) lines.push(...wrap(pen, name, members, width));
  lines.push(...unnamedLines(pen, unknown, width));
  const { plus, minus } = pen.glyphs;
  for (const name of extra) lines.push([span(`${plus} extra   `, 'warning'), span(pen.show(name))]);
  for (const name of missing) lines.push([span(`${minus} missing `, 'warning'), span(pen.show(name))]);
  if (missingAmong.count > 0) {
    lines.push([span(`${minus} missing `, 'warning'), span(`${missingAmong.count} of these:`)]);
    lines.push(...wrap(pen, '', missingAmong.names, width));
  }
  return lines;
}

const labelCells = 9;

const unnamedLines = (pen: Pen, count: number, width: number): readonly Line[] =>
  count === 0 ? [] : wrap(pen, 'unknown', [`(${count})`, 'anonymous'], width);

/** A label and names after it, on as many lines as they need. */
function wrap(pen: Pen, label: string, names: readonly string[], width: number): readonly Line[] {
  const room = Math.max(8, width - labelCells - 2);
  const lines: string[] = [];
  let line = '';
  for (const name of names) {
    const shown = pen.end(pen.show(name), room);
    const longer = line === '' ? shown : `${line} ${shown}`;
    if (textWidth(longer) <= room) line = longer;
    else {
      lines.push(line);
      line = shown;
    }
  }
  if (line !== '') lines.push(line);
  return lines.map((names, index) => [
    span(`  ${padEnd(index === 0 ? label : '', labelCells)}`, 'quiet'),
    span(names),
  ]);
}

function changeLines({ lastChanges, now }: Model, pen: Pen, { id }: Secret): readonly Line[] {
  const change = lastChanges.get(id);
  const label = span('last change  ', 'quiet');
  // As many lines as the answer will mostly take, so that the count of them stays.
  if (change === undefined) return [[label], []];
  if (change === 'none') return [[label, span('not committed yet')]];
  if (change === 'unknown') return [[label, span('git does not say')]];
  return [
    [label, span(pen.show(change.author))],
    [span(`  ${relativeAge(change.when, now)}  ${pen.show(change.commit.slice(0, 7))}`)],
  ];
}

/** One line from the start, so that the count of them stays. */
function gitLines({ gitStates, repository }: Model, { id }: Secret, width: number): readonly Line[] {
  if (repository.git === null) return [];
  const label = span('git  ', 'quiet');
  if (gitStates === null) return [[label]];
  const state = gitStates === 'unknown' ? undefined : gitStates.get(id);
  const says =
    gitStates === 'unknown'
      ? 'does not say'
      : state === undefined
        ? 'knows no such file'
        : sayGitState(state);
  const token = state && isUncommitted(state) ? 'warning' : 'plain';
  return wrapText(says, Math.max(8, width - label.text.length)).map((text, index) => [
    index === 0 ? label : span(' '.repeat(label.text.length)),
    span(text, token),
  ]);
}

function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  if (size < 1_000_000) return `${(size / 1000).toFixed(1)} kB`;
  return `${(size / 1_000_000).toFixed(1)} MB`;
}
