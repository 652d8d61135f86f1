import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Tool = 'age' | 'rage';

export interface Run {
  readonly tool: Tool;
  readonly args: readonly string[];
  readonly input: Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** What the tool wrote to its standard output; rejects with its standard error when it fails. */
export function runTool({ tool, args, input, env }: Run): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(tool, args, { env: { ...process.env, ...env }, stdio: 'pipe' });
    const out: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.stdin.on('error', () => {}); // the tool may stop reading; its exit status tells
    child.on('close', (status) => {
      if (status === 0) resolve(Buffer.concat(out));
      else reject(new Error(`${tool} ${args[0]} ended with ${status}: ${Buffer.concat(errors)}`));
    });
    child.stdin.end(input);
  });
}

/** rage asks for passphrases through pinentry only, so this one answers without a terminal. */
export function writePinentry(directory: string, passphrase: string): string {
  const path = join(directory, 'pinentry.sh');
  const lines = [
    '#!/bin/sh',
    'echo "OK ready"',
    'while read -r command rest; do',
    `  case "$command" in GETPIN) echo "D ${passphrase}"; echo OK ;; BYE) echo OK; exit 0 ;; *) echo OK ;; esac`,
    'done',
    '',
  ];
  writeFileSync(path, lines.join('\n'));
  chmodSync(path, 0o700);
  return path;
}

/** Runs the jobs two at a time: as many as the smallest machine that runs the tests has cores. */
export async function inPairs<T>(jobs: readonly T[], work: (job: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) await work(job);
  };
  await Promise.all([lane(), lane()]);
}
