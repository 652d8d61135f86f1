import type { SessionOptions } from '../app/session.ts';
import type { Sink } from '../app/terminal/sink.ts';
import type { Outcome } from '../core/outcome.ts';
import type { KeyBinding } from './help/key-groups.ts';

/** What opening the UI needs to know. */
export interface UiRequest {
  readonly session: SessionOptions;
  readonly ascii: boolean;
  readonly noColor: boolean;
}

/** The world as the command line sees it; `main` makes the real one. */
export interface CliIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute working directory. */
  readonly cwd: string;
  readonly version: string;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly stdinIsTerminal: () => boolean;
  /** Whether a word that is no command is meant as a path: it has a slash, or something of that name exists. */
  readonly isPath: (word: string) => boolean;
  /** How this process can be looked into by others (a debugger, a preloaded module); `null` when it cannot. */
  readonly openedBy: string | null;
  readonly keyBindings: () => Promise<readonly KeyBinding[]>;
  /** Runs the UI to its end and gives its exit status, or why it could not start. */
  readonly openUi: (request: UiRequest) => Promise<Outcome<number>>;
}
