import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Trace {
  /** Canonical paths of everything that was opened. */
  readonly opened: readonly string[];
  /** Program and arguments of everything that was started. */
  readonly started: readonly { readonly program: string; readonly args: string }[];
  /** Every attempt to connect, as strace prints it. */
  readonly connected: readonly string[];
}

/** strace options that make `readTrace` possible: one file for each process, descriptors with their paths. */
export const straceOptions = (prefix: string): readonly string[] => [
  '-ff',
  '-y',
  '-s',
  '4096',
  '-e',
  'trace=open,openat,openat2,creat,execve,execveat,connect,sendto,sendmsg',
  '-o',
  prefix,
];

export function readTrace(directory: string): Trace {
  const opened = new Set<string>();
  const started: { program: string; args: string }[] = [];
  const connected: string[] = [];
  for (const name of readdirSync(directory)) {
    for (const line of readFileSync(join(directory, name), 'utf8').split('\n')) {
      const path = /^(?:open|openat|openat2|creat)\(.* = \d+<(.*)>$/.exec(line)?.[1];
      if (path !== undefined) opened.add(path);
      const exec = /^execve(?:at)?\("([^"]*)", (\[.*?\]), .* = 0$/.exec(line);
      if (exec) started.push({ program: exec[1] ?? '', args: exec[2] ?? '' });
      if (/^(connect|sendto|sendmsg)\(/.test(line)) connected.push(line);
    }
  }
  return { opened: [...opened], started, connected };
}
