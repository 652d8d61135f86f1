import { spawn } from 'node:child_process';

const patience = 5000;

/**
 * Copies with wl-copy's `--sensitive` (wl-clipboard after 2.2.1), which asks clipboard histories not to keep the
 * value; clipboardy does not know it. `false` when this wl-copy has no such option or did not take the value.
 */
export async function copySensitively(text: string): Promise<boolean> {
  return (await knowsSensitive()) && (await copy(text));
}

function knowsSensitive(): Promise<boolean> {
  return new Promise((resolve) => {
    const help = spawn('wl-copy', ['--help'], { stdio: ['ignore', 'pipe', 'ignore'], timeout: patience });
    let output = '';
    help.stdout.setEncoding('utf8').on('data', (part: string) => {
      output += part;
    });
    help.on('error', () => resolve(false)).on('close', () => resolve(output.includes('--sensitive')));
  });
}

function copy(text: string): Promise<boolean> {
  return new Promise((resolve) => {
    // A process stays behind that serves the clipboard. It must hold no pipe of ours, and only the exit is awaited.
    const stdio = ['pipe', 'ignore', 'ignore'] as const;
    const wlCopy = spawn('wl-copy', ['--sensitive', '--type', 'text/plain'], {
      stdio: [...stdio],
      timeout: patience,
    });
    wlCopy.on('error', () => resolve(false)).on('exit', (status) => resolve(status === 0));
    wlCopy.stdin?.on('error', () => undefined);
    wlCopy.stdin?.end(text);
  });
}
