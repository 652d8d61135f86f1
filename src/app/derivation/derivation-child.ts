import { readSync, writeFileSync, writeSync } from 'node:fs';
import { deriveScrypt } from '../../crypto/age/derive-scrypt.ts';
import { decodeRequest, maxFrame, outOfMemory } from './derivation-frame.ts';

/** The most that is ever asked for; whoever starts this by hand cannot spend more either. */
const maxWorkFactor = 22;

/**
 * The body of the hidden sub-command: reads a passphrase from stdin, writes the key to stdout and resolves with the
 * exit status. Ends at once when whoever started it is gone.
 */
export async function runDerivationChild(): Promise<number> {
  yieldMemory();
  const frame = Buffer.alloc(maxFrame);
  const request = readRequest(frame);
  if (request === null || request.workFactor > maxWorkFactor) return 2;
  // Nothing follows: this is the end of the starter. Leaving in any other way would wait for scrypt.
  process.stdin.on('end', () => process.kill(process.pid, 'SIGKILL')).resume();
  const key = await deriveScrypt(request, new AbortController().signal);
  frame.fill(0);
  if (!key.ok) return outOfMemory;
  writeSync(1, key.value);
  key.value.fill(0);
  return 0;
}

function readRequest(frame: Buffer): ReturnType<typeof decodeRequest> {
  for (let length = 0; length < frame.length; ) {
    const read = readSync(0, frame, length, frame.length - length, null);
    if (read === 0) return null;
    length += read;
    const request = decodeRequest(frame.subarray(0, length));
    if (request !== null) return request;
  }
  return null;
}

/** Where memory runs out, Linux ends this process and none that somebody would miss. */
function yieldMemory(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Not Linux.
  }
}
