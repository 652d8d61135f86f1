import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CopyReport } from '../../../src/app/clipboard/copy.ts';
import type { Outcome } from '../../../src/core/outcome.ts';

/** tmux servers of the test's own, in a directory of their own, ended with it. */
export interface TmuxWorld {
  readonly directory: string;
  /** Environment of a process inside the named server. */
  inside(server: string): Record<string, string>;
  run(server: string, ...arguments_: string[]): string;
  /** Everything that was copied into the server's buffers, newest first. */
  copies(server: string): readonly string[];
  end(): void;
}

export function createTmuxWorld(): TmuxWorld {
  const directory = mkdtempSync(path.join(tmpdir(), 'keyhole-clipboard-'));
  mkdirSync(path.join(directory, 'run'), { mode: 0o700 });
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: directory,
    TMUX_TMPDIR: directory,
    XDG_RUNTIME_DIR: path.join(directory, 'run'),
    SCREENDIR: path.join(directory, 'run'),
    TERM: 'xterm-256color',
    SHELL: '/bin/sh',
    LC_ALL: 'C.UTF-8',
  };
  const servers = new Set<string>();
  const run = (server: string, ...arguments_: string[]): string => {
    servers.add(server);
    return execFileSync('tmux', ['-L', server, '-f', '/dev/null', ...arguments_], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  };
  return {
    directory,
    run,
    copies: (server) =>
      run(server, 'list-buffers', '-F', '#{buffer_name}')
        .split('\n')
        .filter((name) => name !== '')
        .map((name) => run(server, 'show-buffer', '-b', name)),
    inside: (server) => ({
      ...env,
      TMUX: run(server, 'display-message', '-p', '#{socket_path},#{pid},0').trim(),
    }),
    end() {
      for (const server of servers) {
        try {
          run(server, 'kill-server');
        } catch {
          // ended with its last session
        }
      }
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Waits for a state; the test's own time limit ends a wait that is in vain. */
export async function until<T>(look: () => T | undefined | false | null): Promise<T> {
  for (;;) {
    const seen = look();
    if (seen !== undefined && seen !== false && seen !== null) return seen;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** What `copier.ts` wrote about itself, once it is there. */
export function copierReport(file: string): { pid: number; copied: Outcome<CopyReport> } | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
