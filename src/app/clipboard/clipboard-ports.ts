import path from 'node:path';
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

/** Not some other program that imports this one: that would not know the hidden sub-command. */
function selfCommand(script: string | undefined): readonly string[] | null {
  if (script === undefined || !/keyhole|^main\.ts$/.test(path.basename(script))) return null;
  return [process.execPath, path.resolve(script)];
}

export const systemPorts: ClipboardPorts = {
  platform: process.platform,
  terminal: '/dev/tty',
  desktop: () => loadDesktopClipboard(5000),
  self: selfCommand(process.argv[1]),
  clearAfterSeconds: 45,
};
