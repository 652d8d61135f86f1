import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CallPoint, placeOf } from './system-calls.ts';

/** A program to run, with all it sees. */
export interface Started {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: string;
}

export type Fault =
  | 'KILL'
  | 'TERM'
  | 'INT'
  | 'HUP'
  | 'ENOSPC'
  | 'EIO'
  | 'EACCES'
  | 'EINTR'
  | 'EROFS'
  | 'EDQUOT';

export interface FaultRun {
  /** Whether the fault took place, as strace or the kernel says. */
  readonly hit: boolean;
  /** The call of that number was not there or had to do with another file than the one that was counted. */
  readonly absent: boolean;
  readonly status: number | null;
  readonly output: string;
}

let serial = 0;

/** Runs a program and lets one of its system calls go wrong: killed when it enters it, or refused with an error. */
export async function runWithFault(
  started: Started,
  { name, count, text }: CallPoint,
  fault: Fault,
): Promise<FaultRun> {
  serial += 1;
  const log = path.join(tmpdir(), `keyhole-fault-${process.pid}-${serial}`);
  const isSignal = fault === 'KILL' || fault === 'TERM' || fault === 'INT' || fault === 'HUP';
  const what = isSignal ? `signal=${fault}` : `error=${fault}`;
  const strace = [
    '-qq',
    '-y',
    '-o',
    log,
    '-e',
    `trace=${name}`,
    '-e',
    `inject=${name}:${what}:when=${count}`,
  ];
  const ran = await run({ ...started, command: ['strace', ...strace, ...started.command] });
  const trace = readFileSync(log, 'utf8');
  rmSync(log);
  const made = trace.split('\n').filter((line) => line.startsWith(`${name}(`));
  const absent = placeOf(made[count - 1] ?? '') !== placeOf(text);
  const killed = fault === 'KILL' && (ran.signal === 'SIGKILL' || trace.includes('killed by SIGKILL'));
  const hit = !absent && (killed || trace.includes(isSignal ? `--- SIG${fault} ` : '(INJECTED)'));
  return { hit, absent, status: ran.status, output: ran.output };
}

export function run(started: Started): Promise<{
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}> {
  const [program = '', ...words] = started.command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd: started.cwd, env: started.env });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.stdin.on('error', () => {}); // killed before it read
    child.stdin.end(started.input);
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, output }));
  });
}
