import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { refuseForAgent } from '../agent-mode.ts';
import { chooseRef, openSecretFor } from '../open-secret-for.ts';
import { type Report, report } from '../report.ts';
import type { Output } from '../schema/output.ts';
import type { Command } from './command.ts';

export const copy: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const refused = refuseForAgent(invocation, io, 'copy');
  if (refused) return refused;
  const opened = await openSecretFor(invocation, io);
  if (!opened.ok) return opened;
  const { session, secret, key = null, notes, close } = opened.value;
  try {
    if (key?.length === 0) {
      return fail('usage', 'a list of keys is not copied', {
        hint: 'name one key after the #, or the file without #',
      });
    }
    const ref = chooseRef(opened.value);
    if (!ref.ok) return ref;
    // Copying takes longer than the loan; this copy is overwritten as soon as it was handed over.
    const value = session.lend(ref.value, (bytes) => Uint8Array.from(bytes));
    if (!value.ok) return value;
    const { copyToClipboard } = await import('../../app/clipboard/copy.ts');
    const copied = await copyToClipboard(value.value, io.env);
    value.value.fill(0);
    if (!copied.ok) return copied;
    const { says, clearsAfterSeconds } = copied.value;
    const clears =
      clearsAfterSeconds === null ? 'nothing will clear it' : `clears in ${clearsAfterSeconds} seconds`;
    const json: Output<'copy'> = { id: secret.id, key, ...copied.value };
    return ok(report({ json, records: [[secret.id, says, clears]], notes }));
  } finally {
    close();
  }
};
