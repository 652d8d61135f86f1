import { expect, it } from 'vitest';
import { chooseRoute } from '../../src/app/clipboard/choose-route.ts';

const linux = 'linux' as const;
const ssh = { SSH_CONNECTION: '10.0.0.1 5 10.0.0.2 22', TERM: 'xterm-256color' };

it.each([
  ['tmux', { TMUX: '/tmp/tmux-1/default,1,0', TERM: 'tmux-256color' }, linux],
  ['tmux', { TMUX: '/tmp/tmux-1/default,1,0', ...ssh }, linux],
  ['tmux', { TMUX: '/tmp/tmux-1/default,1,0', DISPLAY: ':0' }, linux],
  ['screen', { STY: '1.pts-0.host', TERM: 'screen' }, linux],
  ['screen', { STY: '1.pts-0.host', ...ssh }, linux],
  ['osc52', ssh, linux],
  ['osc52', { ...ssh, DISPLAY: 'localhost:10.0' }, linux],
  ['osc52', { SSH_TTY: '/dev/pts/1' }, 'darwin'],
  ['desktop', {}, 'darwin'],
  ['desktop', {}, 'win32'],
  ['desktop', { WSL_DISTRO_NAME: 'NixOS' }, linux],
  ['desktop', { DISPLAY: ':0' }, linux],
  ['desktop', { WAYLAND_DISPLAY: 'wayland-1' }, linux],
  ['osc52', { DISPLAY: '', TERM: 'xterm' }, linux],
  ['osc52', { TERM: 'foot' }, linux],
  [null, { TERM: 'linux' }, linux],
  [null, { SSH_TTY: '/dev/pts/1', TERM: 'dumb' }, linux],
  ['osc52', { KEYHOLE_CLIPBOARD: 'osc52', TMUX: 'x', DISPLAY: ':0' }, linux],
  ['desktop', { KEYHOLE_CLIPBOARD: 'desktop', TMUX: 'x' }, linux],
  ['tmux', { KEYHOLE_CLIPBOARD: 'nonsense', TMUX: 'x' }, linux],
] as const)('goes to %s with %j on %s', (route, env, platform) => {
  expect(chooseRoute({ env, platform })).toBe(route);
});
