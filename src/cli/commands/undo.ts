import type { Outcome } from '../../core/outcome.ts';
import { openSessionFor } from '../open-session-for.ts';
import type { Report } from '../report.ts';
import type { Command } from './command.ts';

const reverse =
  (kind: 'undo' | 'redo'): Command =>
  async (invocation, io): Promise<Outcome<Report>> => {
    const opened = await openSessionFor(invocation, io);
    if (!opened.ok) return opened;
    const { session, notes } = opened.value;
    const { prepareReversal } = await import('../../app/usecases/prepare-reversal.ts');
    const prepared = await prepareReversal(session, kind);
    if (!prepared.ok) return prepared;
    const { plan, label, at } = prepared.value;
    const said = `${kind === 'undo' ? 'taken back' : 'done again'}: ${label} of ${at}`;
    const { writeFor } = await import('../write-for.ts');
    return writeFor(invocation, io, session, {
      kind,
      plan,
      label,
      unchanged: label,
      notes: [...notes, said],
    });
  };

export const undo = reverse('undo');
export const redo = reverse('redo');
