import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { SecretId } from '../../core/secret.ts';
import { hostOfReader, usedOnHost } from '../../core/usage/host-usage.ts';
import { whyIncomplete } from '../../core/usage/say-usage.ts';
import type { Session } from '../session.ts';
import type { WhatOutput } from './types.ts';

/**
 * Those of a host's secrets for whose use on it nothing was found. Errors: `stopped`, and `not-found` where no Nix file
 * seems to be for such a host: then it is not known what it uses.
 */
export async function unusedOf<Cell extends { readonly id: SecretId }>(
  session: Session,
  reader: string,
  cells: readonly Cell[],
): Promise<Outcome<{ readonly cells: readonly Cell[]; readonly restsOn: WhatOutput['unused'] }>> {
  const found = await session.whereUsed();
  if (!found.ok) return found;
  const host = hostOfReader(found.value, reader);
  if (host === undefined) {
    return fail('not-found', `no Nix file seems to be for a host called ${reader}`, {
      hint: 'looked for nixosConfigurations, networking.hostName and directories such as hosts/NAME',
    });
  }
  const { name, how, at } = host;
  const judged = cells.map((cell) => ({ cell, on: usedOnHost(found.value, host, cell.id) }));
  return ok({
    cells: judged.flatMap(({ cell, on }) => (on === 'not-found' ? [cell] : [])),
    restsOn: {
      host: { name, how, file: at?.file ?? null, line: at?.line ?? null },
      perhaps: judged.filter(({ on }) => on === 'perhaps').length,
      doubt: whyIncomplete(found.value),
    },
  });
}
