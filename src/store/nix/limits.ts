/**
 * Bounds on one evaluation. The largest real rules found take about 10,000 steps, so these leave two orders of
 * magnitude; at the step limit an evaluation has run for a fraction of a second.
 */
export const limits = {
  /** Bytes of one source file. */
  sourceBytes: 1 << 20,
  /** Nesting of expressions while parsing. */
  parseDepth: 500,
  /** Components of one attribute path. */
  attributePath: 64,
  /** Evaluations inside each other; chosen so that they fit several times into the default stack of V8. */
  depth: 500,
  /** Evaluated nodes, list items and eighths of string bytes made by operators and builtins. */
  steps: 2_000_000,
  /** Bytes of one string. */
  stringBytes: 1 << 20,
  /** Items of one list or attribute set. */
  items: 100_000,
  /** Files and directories read. */
  files: 500,
  /** Bytes read altogether. */
  bytesRead: 4 << 20,
  /** Names a value remembers that it passed through. */
  labels: 16,
  /** States of one compiled regular expression. */
  regexStates: 2_000,
} as const;
