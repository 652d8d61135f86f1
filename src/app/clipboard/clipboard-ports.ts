import { selfCommand } from '../self-command.ts';
import { type DesktopClipboard, loadDesktopClipboard } from './desktop-clipboard.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** What copying touches outside the process. */
export interface ClipboardPorts {
  readonly platform: NodeJS.Platform;
  /** The device that OSC 52 is written to. */
  readonly terminal: string;
  readonly desktop: () => Promise<DesktopClipboard>;
  /** The command that runs this program again, for the helper that clears; without it nothing is cleared. */
  readonly self: readonly string[] | null;
  readonly clearAfterSeconds: number;
}

export const systemPorts: ClipboardPorts = {
  platform: process.platform,
  terminal: '/dev/tty',
  desktop: () => loadDesktopClipboard(5000),
  self: selfCommand(),
  clearAfterSeconds: 45,
};
