import { runClearHelper } from '../../app/clipboard/clear-helper.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { Command } from './command.ts';

export const internalClearClipboard: Command = async (): Promise<Outcome<number>> =>
  ok(await runClearHelper());
