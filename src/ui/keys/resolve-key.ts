import type { Context } from './binding.ts';
import { bindings, type CommandId } from './bindings.ts';

const byContext = new Map<Context, Map<string, CommandId>>();
for (const { command, keys, contexts } of bindings) {
  for (const context of contexts) {
    const map = byContext.get(context) ?? new Map<string, CommandId>();
    byContext.set(context, map);
    for (const key of keys) map.set(key, command);
  }
}

/** What a key does after the prefix that was pressed before it (`''` for none). */
export type Resolved =
  | { readonly kind: 'command'; readonly command: CommandId }
  /** More is needed; the next key decides. */
  | { readonly kind: 'prefix'; readonly prefix: string }
  | { readonly kind: 'none' };

export function resolveKey(context: Context, prefix: string, key: string): Resolved {
  const keys = byContext.get(context);
  const sequence = prefix === '' ? key : `${prefix} ${key}`;
  const command = keys?.get(sequence);
  if (command) return { kind: 'command', command };
  for (const longer of keys?.keys() ?? []) {
    if (longer.startsWith(`${sequence} `)) return { kind: 'prefix', prefix: sequence };
  }
  return { kind: 'none' };
}

/** The keys that may follow a prefix, for the box that names them. */
export function continuationsOf(context: Context, prefix: string): readonly { key: string; title: string }[] {
  return bindings
    .filter((binding) => binding.contexts.includes(context))
    .flatMap((binding) =>
      binding.keys
        .filter((key) => key.startsWith(`${prefix} `))
        .map((key) => ({ key: key.slice(prefix.length + 1), title: binding.follows ?? binding.title })),
    );
}

/** The key to show for a command: its first one. */
export function keyFor(command: CommandId): string {
  return bindings.find((binding) => binding.command === command)?.keys[0] ?? '';
}
