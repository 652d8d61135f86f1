import type { Env } from './clipboard-ports.ts';

const passedOn = [
  ...[
    'PATH',
    'HOME',
    'USER',
    'LANG',
    'LC_ALL',
    'LC_CTYPE',
    'TMPDIR',
    'TERM',
    'TMUX',
    'TMUX_PANE',
    'TMUX_TMPDIR',
    'STY',
  ],
  ...['DISPLAY', 'XAUTHORITY', 'WAYLAND_DISPLAY', 'XDG_RUNTIME_DIR', 'XDG_SESSION_TYPE'],
  ...['WSL_DISTRO_NAME', 'WSL_INTEROP', 'SystemRoot', 'PATHEXT'],
];

/** What clipboard programs and the helper need of the environment, and nothing that may hold a key. */
export const clipboardEnv = (env: Env): Env =>
  Object.fromEntries(passedOn.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));

/**
 * Takes all else out of what programs inherit from this process. clipboardy's inherit everything, and the one that
 * serves the clipboard stays behind. Whatever of keyhole reads the environment has a copy from its start.
 */
export function trimInheritedEnv(): void {
  for (const name of Object.keys(process.env)) if (!passedOn.includes(name)) delete process.env[name];
}
