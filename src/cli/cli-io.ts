import type { Session, SessionOptions } from '../app/session.ts';
import type { Sink } from '../app/terminal/sink.ts';
import type { Outcome } from '../core/outcome.ts';
import type { KeyBinding } from './help/key-groups.ts';

/** How the UI is to look. */
export interface UiLook {
  readonly ascii: boolean;
  readonly noColor: boolean;
}

/** What opening the UI needs to know. */
export interface UiRequest extends UiLook {
  readonly session: SessionOptions;
}

/** The world as the command line sees it; `main` makes the real one. */
export interface World {
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
  /** Shows the session in the UI until the person leaves; gives the exit status. */
  readonly showUi: (session: Session, look: UiLook) => Promise<number>;
}

/** The world as a command sees it. */
export interface CliIo extends World {
  /** Runs the UI to its end and gives its exit status, or why it could not start. */
  readonly openUi: (request: UiRequest) => Promise<Outcome<number>>;
}
