import type { World } from './cli-io.ts';

/** Where neither the person nor the terminal tells, as ls and git have it. */
const usual = 80;

/** Cells of a line on stdout; `null` where that is no terminal. COLUMNS comes first, as with ls and git. */
export function terminalRoom({ env, stdout }: Pick<World, 'env' | 'stdout'>): number | null {
  if (!stdout.isTerminal()) return null;
  const wanted = /^[1-9]\d{0,4}$/.test(env['COLUMNS'] ?? '') ? Number(env['COLUMNS']) : undefined;
  return wanted ?? (stdout.columns() || usual);
}
