import { counted } from '../../core/counted.ts';
import type { Outcome } from '../../core/outcome.ts';
import { confirmReaders } from '../confirm-readers.ts';
import { hasOption, valuesOf } from '../invocation.ts';
import { openSessionFor } from '../open-session-for.ts';
import { prepareOpening } from '../prepare-opening.ts';
import type { Report } from '../report.ts';
import { requireRules } from '../require-rules.ts';
import { showProgress } from '../show-progress.ts';
import { wholeSecrets } from '../whole-secrets.ts';
import type { Command } from './command.ts';

export const rekey: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const opened = await openSessionFor(invocation, io);
  if (!opened.ok) return opened;
  const { session, notes } = opened.value;
  const progress = showProgress(invocation, io);
  try {
    const rules = requireRules(session.repository());
    if (!rules.ok) return rules;
    const ids = wholeSecrets(opened.value, invocation.positionals, 'only whole secrets have readers');
    if (!ids.ok) return ids;
    const { prepareRekey } = await import('../../app/usecases/prepare-rekey.ts');
    const prepared = await prepareOpening(invocation, io, progress, (opening) =>
      prepareRekey(session, {
        ids: ids.value,
        all: hasOption(invocation, 'all'),
        readers: valuesOf(invocation, 'reader'),
        partial: hasOption(invocation, 'partial'),
        ...opening,
      }),
    );
    if (!prepared.ok) return prepared;
    const { plan, label, skipped } = prepared.value;
    const agreed = await confirmReaders(invocation, io, session, prepared.value);
    if (!agreed.ok) return agreed;
    const { writeFor } = await import('../write-for.ts');
    return await writeFor(invocation, io, session, {
      kind: 'write',
      plan,
      label,
      unchanged: unchanged(prepared.value.right),
      notes: [...notes, ...prepared.value.notes],
      skipped,
      keepsValues: true,
      onProgress: (done, total) => progress.tell('encrypting', done, total),
    });
  } finally {
    progress.end();
    session.lock();
  }
};

const unchanged = (right: number): string =>
  right === 0
    ? 'nothing to write'
    : `${counted(right, 'file')} ${right === 1 ? 'has' : 'have'} the readers that the rules declare`;
