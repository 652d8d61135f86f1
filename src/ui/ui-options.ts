import type { TerminalInput } from './terminal/focus-stream.ts';

export interface UiOptions {
  readonly ascii: boolean;
  readonly noColor: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: TerminalInput;
  readonly stdout: NodeJS.WriteStream;
  /** For the one line about a terminal that cannot be used, or a bug. */
  readonly stderr?: { write(text: string): unknown };
  /** Stops the whole job until the shell continues it. */
  readonly stopJob?: () => void;
}
