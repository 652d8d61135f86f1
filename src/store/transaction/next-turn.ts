import { setImmediate as immediate } from 'node:timers/promises';

/**
 * Lets a signal that has come be noticed. Twice, because where an event has just been handled, such as a key press or
 * the end of another program, the first comes before the event loop looks for new ones.
 */
export async function nextTurn(): Promise<void> {
  await immediate();
  await immediate();
}
