import type { Outcome } from '../../core/outcome.ts';
import type { CliIo } from '../cli-io.ts';
import type { Invocation } from '../invocation.ts';
import type { Report } from '../report.ts';

/** One command: what was typed and the world in, what to say out. A number means that it did its own talking. */
export type Command = (invocation: Invocation, io: CliIo) => Promise<Outcome<Report | number>>;
