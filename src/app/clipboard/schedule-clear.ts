import { spawn } from 'node:child_process';
import { type ClearPlan, type ClearReport, clearCommand, helperReady } from './clear-plan.ts';
import type { ClipboardPorts, Env } from './clipboard-ports.ts';
import { clipboardEnv } from './inherited-env.ts';

const startPatience = 5000;

/** A helper that waits to clear the clipboard. */
export interface PendingClear {
  readonly route: ClearPlan['target']['route'];
  /** Clears at once and says what came of it; `null` when the helper is gone. */
  clearNow(): Promise<ClearReport | null>;
  /** A newer copy took over: the helper goes without touching anything. */
  cancel(): void;
  /** Resolves when the helper has ended by itself or by order. */
  readonly done: Promise<ClearReport | null>;
}

/**
 * Starts the helper in a session of its own and hands it the plan on stdin. Neither keeps this process alive.
 * `null` when it does not come up. `terminal` is an open descriptor for plans that write to it.
 */
export async function scheduleClear(
  plan: ClearPlan,
  env: Env,
  ports: ClipboardPorts,
  terminal: number | null,
): Promise<PendingClear | null> {
  const [command, ...rest] = ports.self ?? [];
  if (command === undefined) return null;
  const helper = spawn(command, [...rest, clearCommand], {
    detached: true,
    env: { ...clipboardEnv(env) },
    cwd: '/',
    stdio: ['pipe', 'pipe', 'ignore', terminal ?? 'ignore'],
  });
  const { stdin, stdout } = helper;
  if (!stdin || !stdout) return null;
  const done = Promise.withResolvers<ClearReport | null>();
  const ready = Promise.withResolvers<boolean>();
  let output = '';
  stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.startsWith(`${helperReady}\n`)) ready.resolve(true);
  });
  const ended = (): void => {
    done.resolve(parseReport(output.slice(helperReady.length)));
    ready.resolve(false);
  };
  helper.on('error', ended).on('close', ended);
  stdin.on('error', () => undefined);
  stdin.write(`${JSON.stringify(plan)}\n`);
  const timer = setTimeout(() => ready.resolve(false), startPatience);
  const isReady = await ready.promise;
  clearTimeout(timer);
  if (!isReady) {
    helper.kill('SIGKILL');
    return null;
  }
  for (const handle of [helper, stdin, stdout]) letGo(handle);
  return {
    route: plan.target.route,
    clearNow() {
      helper.ref();
      stdin.write('clear\n');
      return done.promise;
    },
    cancel: () => void stdin.write('cancel\n'),
    done: done.promise,
  };
}

/** Pipes of a child are sockets, which their type does not say. */
function letGo(handle: object): void {
  if ('unref' in handle && typeof handle.unref === 'function') handle.unref();
}

function parseReport(output: string): ClearReport | null {
  try {
    return JSON.parse(output);
  } catch {
    return null;
  }
}
