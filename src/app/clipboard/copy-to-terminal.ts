import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Delivery } from './clipboard.ts';
import type { ClipboardPorts, Env } from './clipboard-ports.ts';
import { clipboardEnv } from './inherited-env.ts';
import { osc52, osc52Limit, wrapForScreen } from './osc52.ts';
import { markOwner } from './owner-mark.ts';
import { sendThroughTmux } from './tmux-clipboard.ts';
import { writeTerminal } from './write-terminal.ts';

/** As an OSC 52 sequence written to the terminal. Errors: `refused` (too large), `io` (no terminal). */
export function copyToTerminal(
  bytes: Uint8Array,
  route: 'osc52' | 'screen',
  env: Env,
  ports: ClipboardPorts,
): Outcome<Delivery> {
  const size = checkSize(bytes);
  if (!size.ok) return size;
  const opened = openTerminal(ports.terminal);
  if (!opened.ok) return opened;
  const descriptor = opened.value;
  try {
    const sequence = osc52(bytes);
    writeTerminal(descriptor, route === 'screen' ? wrapForScreen(sequence) : sequence);
  } catch {
    closeSync(descriptor);
    return fail('io', 'the terminal did not take the copy');
  }
  const mark = markOwner(env, `terminal ${fstatSync(descriptor).rdev}`, newNonce());
  return ok({
    route,
    certainty: 'sent',
    says: route === 'screen' ? 'sent to your terminal through screen' : 'sent to your terminal',
    target: { route, mark },
    terminal: { descriptor, close: () => closeSync(descriptor) },
  });
}

/** Through tmux, to the terminal it is attached to. Errors: `refused` (too large), `io`. */
export async function copyToTmux(bytes: Uint8Array, env: Env): Promise<Outcome<Delivery>> {
  const size = checkSize(bytes);
  if (!size.ok) return size;
  const copiedAt = Math.floor(Date.now() / 1000);
  const sent = await sendThroughTmux(bytes, clipboardEnv(env));
  if (!sent.ok) return sent;
  const server = env['TMUX']?.split(',', 1)[0] ?? '';
  return ok({
    route: 'tmux',
    certainty: 'sent',
    says: 'sent to your terminal through tmux',
    target: { route: 'tmux', copiedAt, mark: markOwner(env, `tmux ${server}`, newNonce()) },
  });
}

const newNonce = (): string => randomBytes(16).toString('hex');

function checkSize(bytes: Uint8Array): Outcome<void> {
  if (bytes.length <= osc52Limit) return ok(undefined);
  return fail('refused', `terminals take at most ${osc52Limit} bytes, the value has ${bytes.length}`, {
    hint: 'save it to a file, or set KEYHOLE_CLIPBOARD=desktop',
  });
}

function openTerminal(device: string): Outcome<number> {
  try {
    return ok(openSync(device, constants.O_WRONLY | constants.O_NOCTTY));
  } catch {
    return fail('io', 'there is no terminal to send the copy to');
  }
}
