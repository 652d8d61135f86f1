import { findCalled, findReader, type MatrixCell, secretsOf } from '../../core/matrix.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { SecretId } from '../../core/secret.ts';
import type { Session } from '../session.ts';
import { viewOfKindFrom } from './kind-from.ts';
import type { WhatInput, WhatOutput } from './types.ts';
import { unusedOf } from './unused-of.ts';
import { viewOfKey } from './view-of.ts';

/**
 * Every secret that a host, person or key may read or is known to be on; with `unused` those that it does not seem to
 * use. Error: `not-found`, also where the Nix files know no such host.
 */
export async function whatReads(session: Session, input: WhatInput): Promise<Outcome<WhatOutput>> {
  const repository = session.repository();
  const cells = secretsOf(repository, input.reader);
  if (!cells.ok) return cells;
  const reader = findCalled(repository, input.reader);
  const states = new Map(repository.secrets.map((secret) => [secret.id, secret.state]));
  const viewOf = ({ id, declared, actual }: { readonly id: SecretId } & MatrixCell) => ({
    id,
    state: states.get(id) ?? 'unknown',
    declared,
    onFile: actual,
  });
  // Nix files call a host as the rules do, and not as the user does.
  const known = findReader(repository, input.reader);
  const owner =
    known ??
    repository.readers.find(({ recipients }) => recipients.some((id) => reader?.recipients.includes(id)));
  const unused = input.unused ? await unusedOf(session, owner?.name ?? input.reader, cells.value) : null;
  if (unused?.ok === false) return unused;
  return ok({
    reader: input.reader,
    kind: reader?.kind ?? 'unknown',
    kindFrom: viewOfKindFrom(reader),
    keys: (reader?.recipients ?? []).map((id) => viewOfKey(repository, id)),
    secrets: (unused?.value.cells ?? cells.value).map(viewOf),
    unused: unused?.value.restsOn ?? null,
  });
}
