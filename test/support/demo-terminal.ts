import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDemo } from '../../src/app/demo/create-demo.ts';
import { builtProgram } from './built-program.ts';
import { startTmux, type Tmux } from './tmux.ts';

/** A demo repository, and terminals with a shell in which the built program can be run on it. */
export interface DemoTerminals {
  /** HOME of the shells; with `temporary` and the demo, all the disk the program may write to. */
  readonly home: string;
  /** TMPDIR of the shells. */
  readonly temporary: string;
  readonly repository: string;
  /** The key that opens the demo's secrets. */
  readonly identityFile: string;
  /** The command line that opens the demo in the UI. */
  readonly openDemo: string;
  /** The program itself, to be followed by arguments. */
  readonly keyhole: string;
  /** A terminal with a shell waiting at its prompt, `ready$ `. */
  start(
    size: { columns: number; rows: number },
    more?: Partial<Parameters<typeof startTmux>[0]>,
  ): Promise<Tmux>;
  dispose(): void;
}

export async function createDemoTerminals(): Promise<DemoTerminals> {
  const directory = mkdtempSync(path.join(tmpdir(), 'keyhole-e2e-'));
  const [home, temporary] = [path.join(directory, 'home'), path.join(directory, 'tmp')];
  for (const made of [home, temporary]) mkdirSync(made);
  const demo = await createDemo(path.join(directory, 'demo'));
  if (!demo.ok) throw new Error(demo.error.says);
  const { repository, identityFile } = demo.value;
  const keyhole = `${process.execPath} ${builtProgram()}`;
  const open: Tmux[] = [];
  return {
    home,
    temporary,
    repository,
    identityFile,
    keyhole,
    openDemo: `${keyhole} --no-default-identities -i ${identityFile} ${repository}`,
    start: async (size, more = {}) => {
      const terminal = startTmux({
        ...size,
        command: ['sh'],
        cwd: home,
        ...more,
        env: { HOME: home, TMPDIR: temporary, PS1: 'ready$ ', ...more.env },
      });
      open.push(terminal);
      await terminal.waitFor('ready$');
      return terminal;
    },
    dispose: () => {
      for (const terminal of open) terminal.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The environment of what is run beside the terminals: it remembers in the same home. */
export const atHome = ({ home }: DemoTerminals): NodeJS.ProcessEnv => ({ ...process.env, HOME: home });

/** Types a command line at the shell. */
export function enter(terminal: Tmux, commandLine: string): void {
  terminal.type(commandLine);
  terminal.press('Enter');
}

/**
 * Types a search, waits until its best hit is selected and nothing is left to be done in the background, and keeps
 * the filter.
 */
export async function search(terminal: Tmux, text: string, best: RegExp): Promise<void> {
  await terminal.waitFor(/\?( help)?\s*$/);
  terminal.press('/');
  terminal.type(text);
  const selected = new RegExp(`▌.*${best.source}`);
  await terminal.waitFor(
    (screen) => selected.test(screen) && / of 88/.test(screen) && !/reading keys/.test(screen),
  );
  terminal.press('Enter');
  await terminal.waitFor((screen) => !screen.includes('cancel'));
}
