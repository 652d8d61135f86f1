import type { CommandName } from './command-table.ts';

/** What the command line asks for. Paths and names are as typed. */
export interface Invocation {
  readonly wants:
    | { readonly kind: 'command'; readonly name: CommandName }
    | { readonly kind: 'ui' }
    | { readonly kind: 'version' }
    | { readonly kind: 'help'; readonly command: CommandName | null };
  readonly positionals: readonly string[];
  /** By long name; a switch that was given has an empty list. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

export const hasOption = (invocation: Invocation, name: string): boolean => invocation.options.has(name);

export const valuesOf = (invocation: Invocation, name: string): readonly string[] =>
  invocation.options.get(name) ?? [];
