/** What the shell offers where a value or an argument is typed; a list is also the list of allowed values. */
export type Completes =
  | 'file'
  | 'directory'
  | 'secret'
  | 'reader'
  | 'command-or-topic'
  | 'nothing'
  | readonly string[];

export interface OptionSpec {
  /** Without the dashes. */
  readonly name: string;
  /** One letter. */
  readonly short?: string;
  /** Placeholder of its value; an option without one is a switch. */
  readonly value?: string;
  readonly repeatable?: true;
  readonly says: string;
  readonly completes?: Completes;
}

export interface ArgumentSpec {
  /** Placeholder in upper case. */
  readonly name: string;
  readonly required: boolean;
  readonly repeatable?: true;
  readonly says: string;
  readonly completes: Completes;
}

/**
 * One command, as data. The same entry feeds the parser, `--help`, completion, the man page and `docs/`, so that they
 * cannot disagree.
 */
export interface CommandSpec {
  readonly name: string;
  readonly aliases: readonly string[];
  /** One line, lower case, no full stop. */
  readonly summary: string;
  /** Paragraphs of plain text. */
  readonly details: readonly string[];
  readonly arguments: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly { readonly command: string; readonly says: string }[];
  /** Prints or hands out a value; turned off for agents. */
  readonly showsValues?: true;
  /** For programs, not for people: absent from help, completion and docs. */
  readonly hidden?: true;
}
