const ending = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Ends in order when asked from outside, with 128 and the signal's number, and after an exception that nobody
 * expected. Whoever listened for exceptions before is set aside: its line would be printed onto a screen that is
 * about to vanish, and Node itself would print a message that may quote a value. Returns how to undo all of it.
 */
export function onEndingSignals(
  end: (status: number) => void,
  onCrash: (error: unknown) => void,
  isTerminalOut: () => boolean,
): () => void {
  const releases = Object.entries(ending).map(([signal, number]) => {
    const listener = (): void => {
      // Ctrl-C is meant for who has the terminal.
      if (signal !== 'SIGINT' || !isTerminalOut()) end(128 + number);
    };
    process.on(signal, listener);
    return (): void => void process.off(signal, listener);
  });

  const exceptions = process.listeners('uncaughtException');
  const rejections = process.listeners('unhandledRejection');
  process.removeAllListeners('uncaughtException').removeAllListeners('unhandledRejection');
  process.on('uncaughtException', onCrash).on('unhandledRejection', onCrash);

  return () => {
    for (const release of releases) release();
    process.off('uncaughtException', onCrash).off('unhandledRejection', onCrash);
    for (const listener of exceptions) process.on('uncaughtException', listener);
    for (const listener of rejections) process.on('unhandledRejection', listener);
  };
}
