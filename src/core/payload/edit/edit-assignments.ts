import { formatKeyPath } from '../../address.ts';
import { draftAddition } from './add-assignment.ts';
import type { FlatFormat, FlatValues } from './flat-format.ts';
import { samePath } from './key-path.ts';
import { type Draft, type Drafting, refuse, type TextEdit } from './payload-edit.ts';

export function draftAssignments(text: string, edit: TextEdit, format: FlatFormat): Drafting {
  const scan = format.scan(text);
  if ('fault' in scan) return refuse('damaged', scan.fault.says, { at: scan.fault.at });
  const entries = format.entriesOf(scan);
  if (edit.kind === 'add') return draftAddition(text, edit.path, edit.value, scan, format);
  const index = entries.findIndex(({ path }) => samePath(path, edit.path));
  const target = scan.assignments[index];
  if (target === undefined) return refuse('not-found', `no key ${formatKeyPath(edit.path)}`);
  const after = (assignments: FlatValues['assignments']): Pick<Draft, 'expected'> => ({
    expected: format.entriesOf({ assignments, headers: scan.headers }),
  });
  switch (edit.kind) {
    case 'set': {
      const { valueStart: start, valueEnd: end } = target;
      const spellings = format.spell(edit.value, text.slice(start, end), text, scan);
      if (spellings.length === 0)
        return refuse('unsupported', 'the format has no way to write this value', { at: start });
      return {
        candidates: spellings.map((spelling) => [{ start, end, text: spelling }]),
        ...after(scan.assignments.with(index, { ...target, text: edit.value })),
        at: start,
      };
    }
    case 'rename': {
      const { nameStart: start, nameEnd: end, section } = target;
      if (!format.isName(edit.name))
        return refuse('usage', `${edit.name} cannot be a name here`, { at: start });
      if (scan.assignments.some((one) => one.section === section && one.name === edit.name)) {
        return refuse('usage', `${edit.name} is there already`, { at: start });
      }
      return {
        candidates: [[{ start, end, text: edit.name }]],
        ...after(scan.assignments.with(index, { ...target, name: edit.name })),
        at: start,
      };
    }
    case 'remove': {
      const { start, end } = target;
      const last = end === text.length && !text.endsWith('\n');
      return {
        candidates: [[{ start: last ? Math.max(0, start - 1) : start, end, text: '' }]],
        ...after(scan.assignments.toSpliced(index, 1)),
        at: target.nameStart,
      };
    }
  }
}
