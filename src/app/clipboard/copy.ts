import type { Outcome } from '../../core/outcome.ts';
import type { ClipboardRoute } from './choose-route.ts';
import { createClipboard } from './clipboard.ts';
import { type ClipboardPorts, type Env, systemPorts } from './clipboard-ports.ts';

/** What a copy did, in words that claim no more than is known. */
export interface CopyReport {
  readonly route: ClipboardRoute;
  /** `copied`: read back and equal. `sent`: handed to a terminal that cannot confirm it. */
  readonly certainty: 'copied' | 'sent';
  /** `null`: nothing will clear it. */
  readonly clearsAfterSeconds: number | null;
  /** One line without a full stop, e.g. `sent to your terminal`. */
  readonly says: string;
}

/** One copy by a program that then ends; see `Clipboard.copy`. */
export const copyToClipboard = (
  bytes: Uint8Array,
  env: Env,
  ports: ClipboardPorts = systemPorts,
): Promise<Outcome<CopyReport>> => createClipboard(env, ports).copy(bytes);
