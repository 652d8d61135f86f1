import type { World } from './cli-io.ts';
import { hasOption, type Invocation } from './invocation.ts';

/** `--no-color`, or NO_COLOR set to anything but nothing (no-color.org). */
export function wantsNoColour(invocation: Invocation, { env }: Pick<World, 'env'>): boolean {
  return hasOption(invocation, 'no-color') || (env['NO_COLOR'] ?? '') !== '';
}
