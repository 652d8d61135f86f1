import { drawsAscii } from '../core/draws-ascii.ts';
import type { CliIo } from './cli-io.ts';
import { hasOption, type Invocation } from './invocation.ts';

export const arrowFor = (invocation: Invocation, { env }: CliIo): string =>
  hasOption(invocation, 'ascii') || drawsAscii(env) ? '->' : '→';
