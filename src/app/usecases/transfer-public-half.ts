import type { Change } from '../../core/change.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Session } from '../session.ts';
import type { Transfer, TransferInput } from './prepare-transfer.ts';
import { noteOfPublicHalf, publicHalfOf, publicPath } from './public-half.ts';

interface BesideTransfer {
  readonly changes: readonly Change[];
  readonly notes: readonly string[];
}

/**
 * Takes the public half along to where its secret goes; `null` when there is none. A copy has the same key in it, and so
 * the same public half. Errors: `refused` (another file is in its place), `io`.
 */
export async function transferPublicHalf(
  session: Session,
  kind: TransferInput['kind'],
  { from, to }: Transfer,
): Promise<Outcome<BesideTransfer | null>> {
  const secret = session.repository().secrets.find(({ id }) => id === from);
  const half = secret && secret.state !== 'missing' ? await publicHalfOf(session, secret) : null;
  const target = publicPath(to);
  if (half === null || half.path === target) return ok(null);
  const notes = [noteOfPublicHalf(half, from)];
  // What the rules read is still theirs after a copy of it was made.
  if (half.stays !== null && kind === 'mv') return ok({ changes: [], notes });
  const writer = await session.writer();
  const [here, there] = [await writer.fingerprint(half.path), await writer.fingerprint(target)];
  if (!here.ok) return here;
  if (!there.ok) return there;
  if (there.value !== null && there.value !== here.value) {
    return fail('refused', 'there is a file already, where the public half would go', {
      where: target,
      hint: '--keep-public leaves the public half where it is',
    });
  }
  const copy: readonly Change[] =
    there.value === null ? [{ kind: 'copy', path: target, from: half.path }] : [];
  const remove: readonly Change[] = kind === 'mv' ? [{ kind: 'remove', path: half.path }] : [];
  return ok({ changes: [...copy, ...remove], notes: kind === 'mv' ? notes : [] });
}
