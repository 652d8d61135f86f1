import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** A key, or a key and what the frame says that it is to be measured to. */
export type TimedKey = string | readonly [key: string, until: string];

export interface TerminalPlan {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly rows: number;
  readonly columns: number;
  /** The first full frame is the first by whose end all of these were written. */
  readonly settledWhen: readonly string[];
  readonly keys?: readonly TimedKey[];
  readonly pauseMs?: number;
  readonly quit?: string;
}

export interface TerminalRun {
  readonly firstFrameMs: number | null;
  readonly keys: readonly { readonly ms: number | null; readonly bytes: number }[];
  readonly exitMs: number;
  readonly status: number;
  readonly peakKiB: number;
}

/** Runs a program in a real pseudo-terminal (python3 holds its other end) and reports what it measured there. */
export function runInTerminal(plan: TerminalPlan): TerminalRun {
  const { status, stdout, stderr } = spawnSync(
    'python3',
    [path.join(import.meta.dirname, 'drive-terminal.py')],
    {
      input: JSON.stringify({ pauseMs: 60, ...plan }),
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`the terminal driver failed: ${stderr}`);
  return JSON.parse(stdout) as TerminalRun;
}
