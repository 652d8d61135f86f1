/**
 * What the keys act on: the browser's panes, secrets against readers, a list to look through, a line being typed, the passphrase prompt, the
 * text being edited, a new name being typed, the form of something new, or a question.
 */
export const contexts = [
  'browser',
  'matrix',
  'view',
  'typing',
  'passphrase',
  'editor',
  'naming',
  'form',
  'question',
] as const;
export type Context = (typeof contexts)[number];

export const groups = [
  'move',
  'search',
  'secret',
  'repository',
  'matrix',
  'everywhere',
  'editor',
  'naming',
  'form',
  'question',
] as const;
export type Group = (typeof groups)[number];

export interface Binding {
  readonly command: string;
  /** In the order they are shown; `g g` is one key after the other. */
  readonly keys: readonly string[];
  readonly contexts: readonly Context[];
  readonly group: Group;
  /** One lower-case line for help, palette and documentation. */
  readonly title: string;
  /** Fewer words, for the line that says what may follow the first of two keys. */
  readonly follows?: string;
  /**
   * Word beside the key in the bar, and its place there; lower stays longer as the window narrows. `detail` is its
   * place while the value or the facts have the focus, and `several` while secrets are selected; without one it comes
   * after those that have.
   */
  readonly bar?: {
    readonly word: string;
    readonly order: number;
    readonly detail?: number;
    readonly several?: number;
  };
}
