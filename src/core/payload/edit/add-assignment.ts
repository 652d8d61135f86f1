import { formatKeyPath } from '../../address.ts';
import type { Splice } from '../../splice.ts';
import type { Assignments } from '../assignment.ts';
import type { FlatFormat, FlatValues } from './flat-format.ts';
import { samePath } from './key-path.ts';
import { type Drafting, refuse } from './payload-edit.ts';

/** A new assignment behind the last of its section, spelled like that one; a section that is not there is made. */
export function draftAddition(
  text: string,
  path: readonly string[],
  value: string,
  scan: Assignments,
  format: FlatFormat,
): Drafting {
  const name = path.at(-1) ?? '';
  const outer = path.slice(0, -1);
  if (!format.isName(name)) return refuse('usage', `${formatKeyPath(path)} cannot be a name here`);
  const { assignments, headers } = scan;
  const known = format.sectionPaths(headers).findIndex((section) => samePath(section, outer));
  const section = known < 0 ? headers.length + 1 : known;
  if (known < 0 && (headers.length === 0 || outer.length !== 1)) {
    return refuse('not-found', `no section ${formatKeyPath(outer)} to add to`);
  }
  const alike = headers.filter((one) => known < 0 && one.name === outer[0]).length;
  if (alike > 1) {
    const hint = `say which: ${formatKeyPath([...outer, '0', name])}`;
    return refuse('ambiguous', `there are ${alike} sections [${outer[0]}]`, { hint });
  }
  const own = assignments.filter((one) => one.section === section);
  if (own.some((one) => one.name === name)) return refuse('usage', `${formatKeyPath(path)} is there already`);

  const model = own.findLast((one) => one.valueEnd > one.valueStart) ?? own.at(-1) ?? assignments.at(-1);
  const lead = model === undefined ? '' : text.slice(model.start, model.nameStart);
  const shown = model === undefined ? format.separator : text.slice(model.nameEnd, model.valueStart);
  const kept = model === undefined ? '' : text.slice(model.valueStart, model.valueEnd);
  const lines = format
    .spell(value, kept, text, scan)
    .flatMap((spelling) => [
      `${lead}${name}${shown}${spelling}`,
      `${lead}${name}${format.separator}${spelling}`,
    ]);
  const at = known < 0 ? text.length : (own.at(-1)?.end ?? headers[section - 1]?.end ?? 0);
  if (lines.length === 0) return refuse('unsupported', 'the format has no way to write this value', { at });

  const index = assignments.filter((one) => one.section <= section).length;
  const header = outer[0] ?? '';
  const existing: FlatValues['assignments'] = assignments;
  return {
    candidates: lines.map((line) => [known < 0 ? sectionAtEnd(text, header, line) : lineAt(text, at, line)]),
    expected: format.entriesOf({
      assignments: existing.toSpliced(index, 0, { name, text: value, section }),
      headers: known < 0 ? [...headers, { name: header, end: text.length }] : headers,
    }),
    at,
  };
}

/** Keeps what the text has or lacks at its end. */
const lineAt = (text: string, at: number, line: string): Splice =>
  at > 0 && text.charAt(at - 1) !== '\n'
    ? { start: at, end: at, text: `\n${line}` }
    : { start: at, end: at, text: `${line}\n` };

function sectionAtEnd(text: string, header: string, line: string): Splice {
  const block = `[${header}]\n${line}`;
  const start = text.length;
  if (!text.endsWith('\n')) return { start, end: start, text: `\n\n${block}` };
  return { start, end: start, text: text.endsWith('\n\n') ? `${block}\n` : `\n${block}\n` };
}
