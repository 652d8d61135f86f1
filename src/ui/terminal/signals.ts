const ending = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Ends in order when asked from outside, with 128 and the signal's number, and after an exception that nobody
 * expected. Node would print such an exception with its message, which may quote a value. Returns how to undo it.
 */
export function onEndingSignals(
  end: (status: number) => void,
  onCrash: (error: unknown) => void,
): () => void {
  const listeners = Object.entries(ending).map(([signal, number]) => {
    const listener = (): void => end(128 + number);
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  process.on('uncaughtException', onCrash);
  process.on('unhandledRejection', onCrash);
  return () => {
    for (const release of listeners) release();
    process.off('uncaughtException', onCrash);
    process.off('unhandledRejection', onCrash);
  };
}
