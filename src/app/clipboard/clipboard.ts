import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { decodeUtf8 } from '../../core/utf8.ts';
import { chooseRoute } from './choose-route.ts';
import type { ClearPlan, ClearReport } from './clear-plan.ts';
import { type ClipboardPorts, type Env, systemPorts } from './clipboard-ports.ts';
import type { CopyReport } from './copy.ts';
import { copyToDesktop } from './copy-to-desktop.ts';
import { copyToTerminal, copyToTmux } from './copy-to-terminal.ts';
import { type PendingClear, scheduleClear } from './schedule-clear.ts';

/** What a route did: how to undo it, and what can be said of it. */
export interface Delivery {
  readonly route: CopyReport['route'];
  readonly certainty: CopyReport['certainty'];
  readonly says: string;
  readonly target: ClearPlan['target'];
  /** The terminal it was written to, still open, for the helper; closed by whoever receives the delivery. */
  readonly terminal?: { readonly descriptor: number; close(): void };
}

/** The clipboard for as long as a screen lives. */
export interface Clipboard {
  /**
   * Copies the exact bytes by the best route and has them cleared later, also when this process dies. Errors:
   * `refused` (empty, not text, or too large for a terminal), `io` (no clipboard here, or it does not take it).
   */
  copy(bytes: Uint8Array): Promise<Outcome<CopyReport>>;
  /** Clears the last copy at once if it is still there; `null` when there is none to clear. */
  clearNow(): Promise<ClearReport | null>;
}

/** @param onCleared told what came of each clearing while this process lives */
export function createClipboard(
  env: Env,
  ports: ClipboardPorts = systemPorts,
  onCleared: (report: ClearReport) => void = () => undefined,
): Clipboard {
  let pending: PendingClear | null = null;
  return {
    async copy(bytes) {
      const delivered = await deliver(bytes, env, ports);
      if (!delivered.ok) return delivered;
      const { route, certainty, says, target, terminal } = delivered.value;
      // The copy before is overwritten, unless it went to another clipboard: that one is still to be cleared.
      if (pending?.route === route) pending.cancel();
      const seconds = ports.clearAfterSeconds;
      const scheduled = await scheduleClear({ seconds, target }, env, ports, terminal?.descriptor ?? null);
      terminal?.close();
      pending = scheduled;
      void scheduled?.done.then((report) => {
        if (pending === scheduled) pending = null;
        if (report) onCleared(report);
      });
      return ok({ route, certainty, clearsAfterSeconds: scheduled && seconds, says });
    },
    async clearNow() {
      const last = pending;
      pending = null;
      return last ? last.clearNow() : null;
    },
  };
}

async function deliver(bytes: Uint8Array, env: Env, ports: ClipboardPorts): Promise<Outcome<Delivery>> {
  if (bytes.length === 0) return fail('refused', 'the value is empty, there is nothing to copy');
  const text = bytes.includes(0) ? null : decodeUtf8(bytes);
  if (text === null) {
    return fail('refused', 'the value is not text, a clipboard would change it', {
      hint: 'save it to a file',
    });
  }
  const route = chooseRoute({ env, platform: ports.platform });
  if (route === null) {
    return fail('io', 'this terminal has no clipboard', {
      hint: 'KEYHOLE_CLIPBOARD names another way',
    });
  }
  if (route === 'tmux') return copyToTmux(bytes, env);
  if (route !== 'desktop') return copyToTerminal(bytes, route, env, ports);
  const copied = await copyToDesktop(text, ports);
  if (copied.ok) return copied;
  // No clipboard program works here, but the terminal may take it.
  const sent = copyToTerminal(bytes, 'osc52', env, ports);
  if (!sent.ok) return copied;
  return ok({ ...sent.value, says: `${sent.value.says} (${copied.error.says})` });
}
