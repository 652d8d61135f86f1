const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs something that a signal may stop where it looks at its own; without this, a signal would end the process. */
export async function untilStopped<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  for (const signal of signals) process.on(signal, onSignal);
  try {
    return await run(stop.signal);
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}
