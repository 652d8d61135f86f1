import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Who holds a lock: enough to tell whether that very process still runs. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in clock ticks since boot (proc(5), field 22); `0` where the system does not tell. */
  readonly start: string;
  /** Its process namespace, in which the pid means something. */
  readonly namespace: string;
  /** Of the boot it runs in. */
  readonly boot: string;
  readonly host: string;
  /** Never used twice. */
  readonly token: string;
}

export function thisProcess(): ProcessIdentity {
  return {
    pid: process.pid,
    start: statOf(process.pid)?.start ?? '0',
    namespace: processNamespace(),
    boot: bootId(),
    host: hostname(),
    token: randomBytes(6).toString('hex'),
  };
}

/** `unknown` for another machine or container, whose processes cannot be seen from here. */
export function isRunning(owner: ProcessIdentity): 'yes' | 'no' | 'unknown' {
  if (owner.host !== hostname()) return 'unknown';
  if (owner.boot !== bootId()) return 'no';
  if (owner.namespace !== processNamespace()) return 'unknown';
  const stat = statOf(owner.pid);
  if (stat !== null) return stat.start === owner.start && !stat.ended ? 'yes' : 'no';
  return owner.start === '0' && answers(owner.pid) ? 'yes' : 'no';
}

/** As the name of a file, which can be renamed in one step. The host comes last: it may have dots in it. */
export const ownerName = ({ pid, start, namespace, boot, host, token }: ProcessIdentity): string =>
  ['owner', pid, start, namespace, boot, token, encodeURIComponent(host)].join('.');

export function readOwnerName(name: string): ProcessIdentity | null {
  const [owner, pid, start, namespace, boot, token, ...host] = name.split('.');
  if (owner !== 'owner' || !/^[1-9]\d*$/.test(pid ?? '') || !start || !namespace || !boot || !token)
    return null;
  try {
    return { pid: Number(pid), start, namespace, boot, token, host: decodeURIComponent(host.join('.')) };
  } catch {
    return null;
  }
}

function statOf(pid: number): { readonly start: string; readonly ended: boolean } | null {
  const text = readIfThere(`/proc/${pid}/stat`);
  if (text === null) return null;
  // The second field is the program's name in brackets, which may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state = '', start = ''] = [fields[0], fields[19]];
  return { start, ended: state === 'Z' || state === 'X' };
}

const bootId = (): string =>
  readIfThere('/proc/sys/kernel/random/boot_id')?.trim().replaceAll('-', '') || '0';

function processNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
