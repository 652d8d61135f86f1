import { createInterface } from 'node:readline';
import { clearClipboard } from './clear-clipboard.ts';
import { type ClearPlan, type ClearReport, helperReady } from './clear-plan.ts';
import { type ClipboardPorts, systemPorts } from './clipboard-ports.ts';

/**
 * The body of the hidden sub-command: reads a plan from stdin, says on stdout that it is ready, waits, clears, and
 * reports as one line of JSON if anybody still listens. Runs in a session of its own and outlives whoever started it, also by `kill -9`.
 * Always exits with status 0: nobody can do anything about a failure.
 */
export async function runClearHelper(ports: ClipboardPorts = systemPorts): Promise<number> {
  // The starter may be gone when the report is written.
  process.stdout.on('error', () => undefined);
  const orders = ordersOn(process.stdin);
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, orders.clear);
  const plan = await orders.plan;
  if (!plan) return 0;
  process.stdout.write(`${helperReady}\n`);
  const timer = setTimeout(orders.clear, plan.seconds * 1000);
  const order = await orders.next;
  clearTimeout(timer);
  // The starter holds the other end as long as it lives, which must not keep this process alive.
  process.stdin.destroy();
  if (order === 'clear') report(await clearClipboard(plan.target, process.env, ports));
  return 0;
}

const report = (result: ClearReport): void => {
  process.stdout.write(`${JSON.stringify(result)}\n`);
};

function ordersOn(input: NodeJS.ReadableStream): {
  plan: Promise<ClearPlan | null>;
  next: Promise<'clear' | 'cancel'>;
  clear: () => void;
} {
  const plan = Promise.withResolvers<ClearPlan | null>();
  const next = Promise.withResolvers<'clear' | 'cancel'>();
  const lines = createInterface({ input });
  let planned = false;
  lines.on('line', (line) => {
    if (!planned) plan.resolve(parsePlan(line));
    else if (line === 'clear' || line === 'cancel') next.resolve(line);
    planned = true;
  });
  // Without a plan there is nothing to clear; with one, the end of the starter changes nothing.
  lines.on('close', () => plan.resolve(null));
  return { plan: plan.promise, next: next.promise, clear: () => next.resolve('clear') };
}

/** The plan comes from this program through a private pipe; anything else is not for us. */
function parsePlan(line: string): ClearPlan | null {
  try {
    const plan: ClearPlan = JSON.parse(line);
    return typeof plan.seconds === 'number' && typeof plan.target?.route === 'string' ? plan : null;
  } catch {
    return null;
  }
}
