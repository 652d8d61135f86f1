import { runDerivationChild } from '../../app/derivation/derivation-child.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { Command } from './command.ts';

export const internalDeriveKey: Command = async (): Promise<Outcome<number>> =>
  ok(await runDerivationChild());
