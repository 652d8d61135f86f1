import { withoutAliases } from '../../core/aliases.ts';
import type { Outcome } from '../../core/outcome.ts';
import { confirmReaders } from '../confirm-readers.ts';
import { hasOption } from '../invocation.ts';
import { openSessionFor } from '../open-session-for.ts';
import { prepareOpening } from '../prepare-opening.ts';
import { readerChangeFor } from '../reader-change-for.ts';
import type { Report } from '../report.ts';
import { requireRules } from '../require-rules.ts';
import { showProgress } from '../show-progress.ts';
import { wholeSecrets } from '../whole-secrets.ts';
import type { Command } from './command.ts';
import { newReader } from './reader.ts';

const change =
  (to: 'grant' | 'revoke'): Command =>
  async (invocation, io): Promise<Outcome<Report>> => {
    const opened = await openSessionFor(invocation, io);
    if (!opened.ok) return opened;
    const { session, notes } = opened.value;
    const progress = showProgress(invocation, io);
    try {
      const rules = requireRules(session.repository());
      if (!rules.ok) return rules;
      const [word = '', ...files] = invocation.positionals;
      const meant = withoutAliases(session.repository(), [word]);
      if (!meant.ok) return meant;
      const [reader = ''] = meant.value;
      const ids = wholeSecrets(opened.value, files, 'only whole secrets have readers');
      if (!ids.ok) return ids;
      const { prepareReaders } = await import('../../app/usecases/prepare-readers.ts');
      const prepared = await prepareOpening(invocation, io, progress, (opening) =>
        prepareReaders(session, {
          toggles: ids.value.map((secret) => ({ reader, secret, to })),
          editGroups: hasOption(invocation, 'group'),
          ...opening,
        }),
      );
      if (!prepared.ok) return prepared;
      const { plan, label } = prepared.value;
      const agreed = await confirmReaders(invocation, io, session, prepared.value);
      if (!agreed.ok) return agreed;
      const { writeFor } = await import('../write-for.ts');
      return await writeFor(invocation, io, session, {
        kind: 'write',
        plan,
        label,
        unchanged: ids.value.join(', '),
        notes: [...notes, ...prepared.value.notes],
        named: prepared.value.named,
        keepsValues: true,
        onProgress: (done, total) => progress.tell('encrypting', done, total),
      });
    } finally {
      progress.end();
      session.lock();
    }
  };

const grantKnown = change('grant');

/** With a key, the reader is a new one. */
export const grant: Command = (invocation, io) =>
  hasOption(invocation, 'key')
    ? readerChangeFor(invocation, io, (opened) => {
        const [name = '', ...files] = invocation.positionals;
        return newReader(invocation, io, opened, name, files);
      })
    : grantKnown(invocation, io);

export const revoke = change('revoke');
