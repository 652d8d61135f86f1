import { spawn } from 'node:child_process';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { notEnoughMemory } from '../../crypto/age/derive-scrypt.ts';
import { secondsOf } from '../../crypto/age/scrypt.ts';
import type { ScryptRequest } from '../../crypto/unlocking.ts';
import { limitedCommand } from '../../store/limited-command.ts';
import { deriveCommand, derivedLength, encodeRequest, outOfMemory } from './derivation-frame.ts';

/** What the child may use; other than the defaults in tests. */
export interface ChildLimits {
  /** Of writable memory, beside what scrypt needs. In KiB. */
  readonly spareMemory: number;
  /** Milliseconds; slow machines take ten times as long as ours. */
  readonly patience: (workFactor: number) => number;
}

const usualLimits: ChildLimits = {
  // Node itself reserves 600 MiB, most of it for the stacks of its threads.
  spareMemory: 1024 * 1024,
  patience: (workFactor) => 30_000 + 20_000 * secondsOf(workFactor),
};

/** What Node itself may need to find its libraries, and nothing that configures it. */
const passedOn = ['LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'DYLD_FALLBACK_LIBRARY_PATH'];

/**
 * Derives the key in a child, which has limits of memory and time and ends with its key, with this process, or when
 * `signal` says so. Nothing of the request is in arguments or the environment. Errors as of `DeriveScrypt`.
 *
 * @param self the command that runs this program again
 */
export function deriveInChild(
  request: ScryptRequest,
  signal: AbortSignal,
  self: readonly string[],
  limits: ChildLimits = usualLimits,
): Promise<Outcome<Buffer>> {
  const { workFactor } = request;
  if (signal.aborted) return Promise.resolve(fail('stopped', 'stopped'));
  const memory = 2 ** workFactor + limits.spareMemory; // KiB: a unit of work takes 1,024 bytes
  const env = Object.fromEntries(passedOn.flatMap((name) => entryOf(name)));
  // Of written memory: Node reserves much more than it uses.
  const limit = { of: 'data', kibibytes: memory } as const;
  const [program = '', ...rest] = limitedCommand(limit, [...self, deriveCommand]);
  const child = spawn(program, rest, {
    cwd: '/',
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return new Promise((resolve) => {
    const key = Buffer.alloc(derivedLength);
    let length = 0;
    let failure: Outcome<never> | null = null;
    const stop = (why: Outcome<never>): void => {
      failure ??= why;
      child.kill('SIGKILL');
    };
    const onAbort = (): void => stop(fail('stopped', 'stopped'));
    const patience = limits.patience(workFactor);
    const timer = setTimeout(() => stop(tookTooLong(patience)), patience);
    signal.addEventListener('abort', onAbort);
    const finish = (outcome: Outcome<Buffer>): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      if (!outcome.ok) key.fill(0);
      resolve(outcome);
    };
    child.on('error', (error) => {
      const why = 'code' in error ? String(error.code) : 'for an unknown reason';
      finish(fail('io', `the program that tries passphrases cannot be started (${why})`));
    });
    child.stdout.on('data', (chunk: Buffer) => {
      chunk.copy(key, length);
      length += chunk.length;
      chunk.fill(0);
    });
    child.on('close', (status, endedBy) => {
      if (failure !== null) return finish(failure);
      finish(status === 0 && length === derivedLength ? ok(key) : whyNot(status, endedBy, workFactor));
    });
    // It ends without reading where something is amiss, which its end tells.
    child.stdin.on('error', () => undefined);
    const frame = encodeRequest(request);
    // Its end stays open: that this process is gone is how the child learns of it.
    child.stdin.write(frame, () => frame.fill(0));
  });
}

function entryOf(name: string): readonly (readonly [string, string])[] {
  const value = process.env[name];
  return value === undefined ? [] : [[name, value]];
}

const tookTooLong = (patience: number): Outcome<never> =>
  fail(
    'refused',
    `the passphrase was not tried to the end: it takes more than ${Math.round(patience / 1000)} s`,
    {
      hint: 'encrypt the file again with scrypt work factor 18',
    },
  );

const requestsToEnd: readonly (NodeJS.Signals | null)[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

function whyNot(status: number | null, endedBy: NodeJS.Signals | null, workFactor: number): Outcome<never> {
  if (requestsToEnd.includes(endedBy)) return fail('stopped', 'stopped');
  // The kernel and V8 end what takes too much in their own ways.
  if (status === outOfMemory || endedBy !== null) return notEnoughMemory(workFactor);
  return fail('io', `the program that tries passphrases failed (status ${status})`);
}
