import { writeSync } from 'node:fs';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { isTerminal } from './is-terminal.ts';
import type { Sink } from './sink.ts';

const streams = { 1: () => process.stdout, 2: () => process.stderr };

/** A sink on an open file descriptor; 1 is stdout, 2 is stderr. Errors of `write`: `io`. */
export function descriptorSink(descriptor: 1 | 2): Sink {
  let closed = false;
  return {
    isTerminal: () => isTerminal(descriptor),
    // The stream is Node's, and loads much: nobody asks for the width of a pipe.
    columns: () => (isTerminal(descriptor) ? streams[descriptor]().columns : undefined),
    write(data) {
      if (closed) return ok('closed');
      const outcome = writeFully(descriptor, data);
      closed = outcome.ok && outcome.value === 'closed';
      return outcome;
    },
  };
}

function writeFully(descriptor: number, data: string | Uint8Array): Outcome<'written' | 'closed'> {
  let rest = typeof data === 'string' ? Buffer.from(data) : data;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
      // Another program may have made a shared pipe or terminal non-blocking: wait for the reader.
      if (code === 'EAGAIN') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
      else if (code === 'EPIPE') return ok('closed');
      else return fail('io', `cannot write the output (${code})`);
    }
  }
  return ok('written');
}
