import type { HostGuess } from '../../core/usage/host-map.ts';
import type { SecretUsage, WhereUsed } from '../../core/usage/where-used.ts';

/** A host and how it is known that a file is for it. */
export interface HostView {
  readonly name: string;
  readonly how: HostGuess['how'];
}

/** Where a secret is declared and used, as plain JSON: a guess from the text of Nix files, never evaluated. */
export interface UsageView {
  readonly declared: readonly {
    readonly name: string;
    readonly file: string;
    readonly line: number;
    readonly linkedBy: 'path' | 'file-name' | 'name';
    readonly owner: string | null;
    readonly group: string | null;
    readonly mode: string | null;
    readonly path: string | null;
    readonly hosts: readonly HostView[];
  }[];
  readonly used: readonly {
    readonly by: { readonly kind: 'service' | 'container' | 'option'; readonly name: string } | null;
    readonly file: string;
    readonly line: number;
    readonly hosts: readonly HostView[];
  }[];
  readonly named: readonly {
    readonly file: string;
    readonly line: number;
    readonly hosts: readonly HostView[];
  }[];
  readonly computed: readonly { readonly file: string; readonly line: number }[];
  readonly isComplete: boolean;
}

export function viewOfUsage(
  { declared, used, named }: SecretUsage,
  { computed, isComplete }: WhereUsed,
): UsageView {
  return {
    declared: declared.map(({ name, at, by, owner, group, mode, path, hosts }) => ({
      name,
      ...at,
      linkedBy: by,
      owner,
      group,
      mode,
      path,
      hosts,
    })),
    used: used.map(({ at, by, hosts }) => ({ by, ...at, hosts })),
    named: named.map(({ at, hosts }) => ({ ...at, hosts })),
    computed: computed.map(({ at }) => at),
    isComplete,
  };
}
