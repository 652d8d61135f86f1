/** Has the terminal given to another program while `use` runs, and taken back afterwards. */
export type LendTerminal = <T>(use: () => Promise<T>) => Promise<T>;

/** Of a command, which draws nothing: there is nothing to be put aside. */
export const lendAsItIs: LendTerminal = (use) => use();
