import type { Tmux } from '../../test/support/tmux.ts';

/** A picture of the running program: the keys that lead there, as a person would press them. */
export interface Scene {
  readonly name: string;
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
  readonly play: (terminal: Tmux) => Promise<unknown>;
}

/** Types a search, waits for its `count` hits with nothing left to do, and goes back to the list. */
async function search(terminal: Tmux, text: string, count: number): Promise<void> {
  await terminal.waitFor('? help');
  terminal.press('/');
  terminal.type(text);
  await terminal.waitFor((screen) => screen.includes(`${count} of 88`) && !screen.includes('reading keys'));
  terminal.press('Enter');
  await terminal.waitFor((screen) => !screen.includes('esc cancel'));
}

/** What README shows. */
export const scenes: readonly Scene[] = [
  {
    name: 'browser',
    title: 'keyhole: the list of secrets, filtered by "postgres", with the facts of one',
    columns: 100,
    rows: 24,
    play: async (terminal) => {
      await search(terminal, 'postgres', 8);
      await terminal.waitFor(/\bago\b/);
    },
  },
  {
    name: 'reveal',
    title: 'keyhole: a structured secret revealed',
    columns: 100,
    rows: 30,
    play: async (terminal) => {
      await search(terminal, 'grafana/env', 1);
      terminal.press('x');
      await terminal.waitFor('not-real-');
    },
  },
  {
    name: 'narrow',
    title: 'keyhole in 40 columns',
    columns: 40,
    rows: 18,
    play: (terminal) => search(terminal, 'mail/', 5),
  },
];
