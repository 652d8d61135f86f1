import { spawnSync } from 'node:child_process';

/** How the terminal treats lines, as stty(1) writes it down; `null` where there is no terminal, or no stty. */
export function readLineModes(): string | null {
  const { status, stdout } = spawnSync('stty', ['-g'], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
    stdio: ['inherit', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout.trim() : null;
}

/** Node cannot do this itself: its own raw mode starts from whatever was left behind. */
export function restoreLineModes(modes: string | null): void {
  if (modes !== null)
    spawnSync('stty', [modes], {
      env: { PATH: process.env['PATH'] },
      stdio: ['inherit', 'ignore', 'ignore'],
    });
}
