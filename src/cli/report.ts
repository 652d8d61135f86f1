import type { Cell } from './columns.ts';

/**
 * What a command has to say. `run` prints it: the JSON object or the lines on stdout, the notes on stderr.
 * Texts may be untrusted: whoever prints them makes them safe.
 */
export interface Report {
  /** Fields after `schema` and `ok`. */
  readonly json: Readonly<Record<string, unknown>>;
  /** One record each; columns are aligned for a person and separated by tabs for a program. */
  readonly records: readonly (readonly Cell[])[];
  /** So many columns at the left name a record: they stand again beside what does not fit beside the others. */
  readonly frozen: number;
  /** For a person, so many cells at the right stand below the line of their record, where there is room for sentences. */
  readonly below: number;
  /** Printed as it is instead of the records, for formats of their own; already safe. */
  readonly text: string | null;
  /** Diagnostics for a person. */
  readonly notes: readonly string[];
  /** Exit status of a command that ran and has bad news; 0 otherwise. JSON `ok` is true for 0 only. */
  readonly exit: number;
}

/** A report that holds only what differs from nothing to say. */
export const report = (parts: Partial<Report>): Report => ({
  json: {},
  records: [],
  frozen: 0,
  below: 0,
  text: null,
  notes: [],
  exit: 0,
  ...parts,
});
