import { type Outcome, ok } from '../../core/outcome.ts';
import type { Repository } from '../../core/repository.ts';
import { compareRecipients } from '../../crypto/compare-recipients.ts';
import { extraNamer } from '../../store/backends/agenix/name-extras.ts';
import { ageVersions } from '../../store/git/age-versions.ts';
import { pastKeys } from '../../store/git/past-keys.ts';
import type { KnownHistory } from './git-work.ts';

/** Versions of age files with the keys of today and of then. Errors: those of `ageVersions` and `pastKeys`. */
export async function readAgeHistory(
  { root, recipients }: Repository,
  rulesFrom: ReadonlySet<string>,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<Outcome<KnownHistory | null>> {
  const history = await ageVersions(root, env, signal);
  if (!history.ok || history.value === null) return history.ok ? ok(null) : history;
  const keys = await pastKeys(root, rulesFrom, env, signal);
  if (!keys.ok) return keys;
  const past = new Map((keys.value?.keys ?? []).map((key) => [key.recipient.id, key]));
  const all = new Map([...past].map(([id, { recipient }]) => [id, recipient]));
  for (const [id, recipient] of recipients) all.set(id, recipient);
  const name = extraNamer([...all.values()]);
  return ok({
    history: history.value,
    past,
    extrasOf(secret, stanzas) {
      const declared = secret.declared.flatMap((id) => recipients.get(id) ?? []);
      return name(compareRecipients(declared, stanzas), stanzas).extra;
    },
  });
}
