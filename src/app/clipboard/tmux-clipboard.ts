import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Env } from './clipboard-ports.ts';

const patience = 5000;

/**
 * Hands bytes to the clipboard of tmux's terminal and leaves nothing in tmux: one command loads a buffer from stdin,
 * sends it (`-w`) and deletes the buffer. Raw OSC 52 is lost in a stock tmux, and with `set-clipboard on` it leaves
 * the value in a buffer. Error: `io` (also tmux before 3.2).
 */
export async function sendThroughTmux(bytes: Uint8Array, env: Env): Promise<Outcome<void>> {
  const name = `keyhole-${randomBytes(8).toString('hex')}`;
  const sent = await runTmux(
    ['load-buffer', '-w', '-b', name, '-', ';', 'delete-buffer', '-b', name, ';', ...attached],
    env,
    bytes,
  );
  if (!sent.ok) return sent;
  if (sent.value.trim() === '0') {
    return fail('io', 'no terminal is attached to tmux', {
      hint: 'attach one with tmux attach and copy again, or set KEYHOLE_CLIPBOARD=desktop',
    });
  }
  return ok(undefined);
}

const attached = ['display-message', '-p', '#{session_attached}'];

/** When the newest buffer of tmux was made, in seconds since 1970; 0 when there is none. */
export async function newestTmuxBuffer(env: Env): Promise<Outcome<number>> {
  const listed = await runTmux(['list-buffers', '-F', '#{buffer_created}'], env);
  if (!listed.ok) return listed;
  return ok(Math.max(0, ...listed.value.split('\n').map(Number)));
}

async function runTmux(
  arguments_: readonly string[],
  env: Env,
  input?: Uint8Array,
): Promise<Outcome<string>> {
  return new Promise((resolve) => {
    const tmux = spawn('tmux', arguments_, {
      env: { ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: patience,
    });
    let output = '';
    let complaint = '';
    tmux.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    tmux.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    tmux.on('error', () => resolve(fail('io', 'tmux cannot be started', { hint: 'is tmux on the PATH?' })));
    tmux.on('close', (status) => resolve(status === 0 ? ok(output) : tmuxFailure(complaint)));
    // A tmux that ends early closes the pipe; its exit status says what happened.
    tmux.stdin.on('error', () => undefined);
    tmux.stdin.end(input);
  });
}

function tmuxFailure(complaint: string): Outcome<never> {
  if (/unknown (option|flag).*-? ?w|usage: load-buffer/.test(complaint)) {
    return fail('io', 'this tmux is older than 3.2 and cannot pass a copy on');
  }
  return fail('io', `tmux did not take the copy: ${complaint.trim().split('\n')[0] ?? ''}`);
}
