import { readdirSync, readFileSync } from 'node:fs';

/** A running process, as Linux tells. */
export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  readonly commandLine: string;
}

/** Processes that somebody only has yet to wait for are left out. */
export function runningProcesses(): readonly RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .flatMap((pid) => {
      try {
        const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        const [state = '', parent = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        return state === 'Z' ? [] : [{ pid: Number(pid), parent: Number(parent), commandLine }];
      } catch {
        return []; // It ended meanwhile.
      }
    });
}
