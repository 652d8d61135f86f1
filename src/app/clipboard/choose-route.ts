export type ClipboardRoute = 'tmux' | 'screen' | 'osc52' | 'desktop';

const routes: readonly ClipboardRoute[] = ['tmux', 'screen', 'osc52', 'desktop'];

/** What decides how a value gets to the clipboard that the person in front of the screen pastes from. */
export interface RouteFacts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/**
 * - `KEYHOLE_CLIPBOARD` names a route: the person knows better.
 * - Inside tmux or screen the multiplexer sits between us and the terminal, wherever that is; stock tmux swallows
 *   what is not sent through tmux itself.
 * - Over SSH the desktop that our displays could reach is not the one the person sits at: only the terminal is.
 * - A desktop of our own: its clipboard, which can be read back.
 * - Else the terminal; `null` for terminals that have no clipboard.
 */
export function chooseRoute({ env, platform }: RouteFacts): ClipboardRoute | null {
  const wanted = routes.find((route) => route === env['KEYHOLE_CLIPBOARD']);
  if (wanted) return wanted;
  if (env['TMUX']) return 'tmux';
  if (env['STY']) return 'screen';
  if (env['SSH_CONNECTION'] || env['SSH_TTY'] || env['SSH_CLIENT']) return terminalRoute(env);
  if (platform === 'darwin' || platform === 'win32' || env['WSL_DISTRO_NAME']) return 'desktop';
  if (env['WAYLAND_DISPLAY'] || env['DISPLAY']) return 'desktop';
  return terminalRoute(env);
}

const terminalRoute = (env: RouteFacts['env']): 'osc52' | null =>
  env['TERM'] === 'linux' || env['TERM'] === 'dumb' ? null : 'osc52';
