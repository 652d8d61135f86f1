import type { Assignment, Assignments, Scan } from '../assignment.ts';
import { scanDotenv } from '../dotenv-payload.ts';
import { entriesOfSections, scanIni, sectionPaths } from '../ini-payload.ts';
import { isKeyValueName, scanKeyValue } from '../key-value-payload.ts';
import { distinctPaths, type TextEntry } from '../text-entry.ts';
import { dotenvSpellings } from './dotenv-style.ts';
import { lineSpellings } from './line-style.ts';

/** What tells the formats of one assignment per line apart. */
export interface FlatFormat {
  readonly scan: (text: string) => Scan;
  readonly entriesOf: (scan: FlatValues) => readonly TextEntry[];
  readonly sectionPaths: (headers: Assignments['headers']) => readonly (readonly string[])[];
  readonly isName: (name: string) => boolean;
  /** Spellings of a value, best first; `kept` is a value as written whose style they follow. */
  readonly spell: (value: string, kept: string, text: string, scan: Assignments) => readonly string[];
  /** Used where no other assignment shows one. */
  readonly separator: string;
}

export interface FlatValues {
  readonly assignments: readonly Pick<Assignment, 'name' | 'text' | 'section'>[];
  readonly headers: Assignments['headers'];
}

const withoutSections = ({ assignments }: FlatValues): readonly TextEntry[] =>
  distinctPaths(assignments.map(({ name, text }) => ({ path: [name], text })));

export const dotenvFormat: FlatFormat = {
  scan: scanDotenv,
  entriesOf: withoutSections,
  sectionPaths: () => [[]],
  isName: (name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name),
  spell: (value, kept, text, { assignments }) => dotenvSpellings(value, kept, text, assignments),
  separator: '=',
};

export const iniFormat: FlatFormat = {
  scan: scanIni,
  entriesOf: entriesOfSections,
  sectionPaths,
  isName: (name) => /^[^=[#;\s\r\n][^=\r\n]*$/.test(name) && name.trim() === name,
  spell: lineSpellings,
  separator: ' = ',
};

export const keyValueFormat: FlatFormat = {
  scan: scanKeyValue,
  entriesOf: withoutSections,
  sectionPaths: () => [[]],
  isName: isKeyValueName,
  spell: lineSpellings,
  separator: ': ',
};
