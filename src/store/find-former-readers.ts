import { type FormerReaders, formerReaderId } from '../core/former-readers.ts';
import { type Outcome, ok } from '../core/outcome.ts';
import type { Repository } from '../core/repository.ts';
import type { SecretId } from '../core/secret.ts';
import type { Stanza } from '../core/stanza.ts';
import { extraNamer } from './backends/agenix/name-extras.ts';
import { pastKeys } from './git/past-keys.ts';

/**
 * Looks up in the history of the repository who the readers are that its files hold and nothing of today names.
 * `null` without git. Errors: those of `pastKeys`.
 */
export async function findFormerReaders(
  { root, secrets }: Repository,
  stanzas: ReadonlyMap<SecretId, readonly Stanza[]>,
  rulesFrom: ReadonlySet<string>,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<Outcome<FormerReaders | null>> {
  const past = await pastKeys(root, rulesFrom, env, signal);
  if (!past.ok || past.value === null) return past.ok ? ok(null) : past;
  const { keys, isShallow } = past.value;
  const byId = new Map(keys.map((key) => [key.recipient.id, key]));
  const name = extraNamer(keys.map(({ recipient }) => recipient));
  const found = new Map<string, (typeof keys)[number]>();
  const unfound = new Set<string>();
  for (const { id, comparison } of secrets) {
    if (!comparison?.extra.some(({ recipient, tag }) => recipient === undefined && tag !== undefined))
      continue;
    for (const [index, extra] of name(comparison, stanzas.get(id) ?? []).extra.entries()) {
      if (comparison.extra[index]?.recipient !== undefined || extra.tag === undefined) continue;
      const key = extra.recipient === undefined ? undefined : byId.get(extra.recipient);
      if (key === undefined) unfound.add(formerReaderId(extra));
      else found.set(formerReaderId(extra), key);
    }
  }
  return ok({ found, unfound: unfound.size, isShallow });
}
