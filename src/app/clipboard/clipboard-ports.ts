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
  desktop: loadDesktopClipboard,
  self: selfCommand(process.argv[1]),
  clearAfterSeconds: 45,
};

const passedOn = [
  ...['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TERM', 'TMUX', 'TMUX_PANE', 'TMUX_TMPDIR', 'STY'],
  ...['DISPLAY', 'XAUTHORITY', 'WAYLAND_DISPLAY', 'XDG_RUNTIME_DIR', 'XDG_SESSION_TYPE'],
  ...['WSL_DISTRO_NAME', 'WSL_INTEROP', 'SystemRoot', 'PATHEXT'],
];

/** What clipboard programs and the helper need of the environment, and nothing that may hold a key. */
export const clipboardEnv = (env: Env): Env =>
  Object.fromEntries(passedOn.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
