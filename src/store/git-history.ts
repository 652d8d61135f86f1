import { type Outcome, ok } from '../core/outcome.ts';
import type { SecretId } from '../core/secret.ts';
import { withObjects } from './git/with-objects.ts';

/** The last commit that touched a secret's file. `when` is milliseconds since 1970. Texts are untrusted. */
export interface LastChange {
  readonly commit: string;
  readonly author: string;
  readonly when: number;
}

/**
 * The last commit that changed `id`, as seen from HEAD; `null` when there is none, when the directory is no git
 * repository, or before its first commit. Runs git once over the objects alone (`withObjects`).
 * Errors: `refused`, `unsupported` (no git program), `stopped`, `io`.
 */
export const lastChange = (
  root: string,
  id: SecretId,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<Outcome<LastChange | null>> =>
  withObjects(root, env, signal, async ({ run, head }) => {
    const log = await run([...logCommand, head, '--', id]);
    return log.ok ? ok(parseLog(log.value.toString('utf8'))) : log;
  });

const logCommand = [
  'log',
  '-1',
  '--format=%H%x00%an%x00%ct',
  '--no-show-signature',
  '--no-ext-diff',
  '--no-textconv',
  '--no-renames',
] as const;

function parseLog(stdout: string): LastChange | null {
  const [commit, author, seconds] = stdout.replace(/\n$/, '').split('\0');
  if (!commit || author === undefined || seconds === undefined) return null;
  return { commit, author, when: Number(seconds) * 1000 };
}
