import { findReader, secretsOf } from '../../core/matrix.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { Session } from '../session.ts';
import type { WhatInput, WhatOutput } from './types.ts';
import { viewOfKey } from './view-of.ts';

/** Every secret that a host, person or key may read or is known to be on. Error: `not-found`. */
export async function whatReads(session: Session, input: WhatInput): Promise<Outcome<WhatOutput>> {
  const repository = session.repository();
  const cells = secretsOf(repository, input.reader);
  if (!cells.ok) return cells;
  const reader = findReader(repository, input.reader);
  const states = new Map(repository.secrets.map((secret) => [secret.id, secret.state]));
  return ok({
    reader: input.reader,
    kind: reader?.kind ?? 'unknown',
    keys: (reader?.recipients ?? []).map((id) => viewOfKey(repository, id)),
    secrets: cells.value.map(({ id, declared, actual }) => ({
      id,
      state: states.get(id) ?? 'unknown',
      declared,
      onFile: actual,
    })),
  });
}
