import { search } from '../../test/support/demo-terminal.ts';
import type { Tmux } from '../../test/support/tmux.ts';

/** A picture of the running program: the keys that lead there, as a person would press them. */
export interface Scene {
  readonly name: string;
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
  readonly play: (terminal: Tmux) => Promise<unknown>;
}

/** What README shows. */
export const scenes: readonly Scene[] = [
  {
    name: 'browser',
    title: 'keyhole: the list of secrets, filtered by "postgres", with the facts of one',
    columns: 100,
    rows: 24,
    play: async (terminal) => {
      await search(terminal, 'postgres', /postgres-forgejo/);
      await terminal.waitFor(/\bago\b/);
    },
  },
  {
    name: 'matrix',
    title: 'keyhole: secrets against the hosts and people who read them',
    columns: 100,
    rows: 24,
    play: async (terminal) => {
      terminal.press('m', ']', '$');
      await terminal.waitFor('zephyr, removed from');
    },
  },
  {
    name: 'reveal',
    title: 'keyhole: a structured secret revealed',
    columns: 100,
    rows: 30,
    play: async (terminal) => {
      await search(terminal, 'grafana/env', /grafana\/env/);
      terminal.press('x');
      await terminal.waitFor('not-real-');
    },
  },
  {
    name: 'edit',
    title: 'keyhole: a dotenv secret edited in place',
    columns: 100,
    rows: 24,
    play: async (terminal) => {
      await search(terminal, 'grafana/env', /grafana\/env/);
      terminal.press('e');
      await terminal.waitFor('on save');
      terminal.press('Down', 'End');
      terminal.type('-edited');
      await terminal.waitFor('-edited');
    },
  },
  {
    name: 'narrow',
    title: 'keyhole in 40 columns',
    columns: 40,
    rows: 18,
    play: (terminal) => search(terminal, 'mail/', /mail\//),
  },
];
