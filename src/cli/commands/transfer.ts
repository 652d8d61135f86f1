import { createPassphraseAsker } from '../../app/terminal/ask-passphrase.ts';
import { withoutAliases } from '../../core/aliases.ts';
import type { Outcome } from '../../core/outcome.ts';
import { hasOption, valuesOf } from '../invocation.ts';
import { mayAsk } from '../may-ask.ts';
import { openSessionFor } from '../open-session-for.ts';
import type { Report } from '../report.ts';
import { requireRules } from '../require-rules.ts';
import { wholeSecrets } from '../whole-secrets.ts';
import type { Command } from './command.ts';

const transfer =
  (kind: 'mv' | 'cp'): Command =>
  async (invocation, io): Promise<Outcome<Report>> => {
    const opened = await openSessionFor(invocation, io);
    if (!opened.ok) return opened;
    const { session, here, notes } = opened.value;
    try {
      const repository = session.repository();
      const rules = requireRules(repository);
      if (!rules.ok) return rules;
      const sources = invocation.positionals.slice(0, -1);
      const ids = wholeSecrets(opened.value, sources, 'only whole secrets have a name to change');
      if (!ids.ok) return ids;
      const { newFilePlaces } = await import('../../app/usecases/place-new-file.ts');
      const { placeTransfers } = await import('../../app/usecases/place-transfers.ts');
      const target = invocation.positionals.at(-1) ?? '';
      const transfers = placeTransfers(newFilePlaces(repository.root, here), target, ids.value);
      if (!transfers.ok) return transfers;
      const asker = createPassphraseAsker(() => mayAsk(invocation, io));
      const named = valuesOf(invocation, 'to').flatMap((names) => names.split(','));
      const readers = withoutAliases(repository, named);
      if (!readers.ok) return readers;
      const { prepareTransfer } = await import('../../app/usecases/prepare-transfer.ts');
      const prepared = await prepareTransfer(session, {
        kind,
        transfers: transfers.value,
        readers: readers.value,
        keepPublic: hasOption(invocation, 'keep-public'),
        breakHardLinks: hasOption(invocation, 'break-hardlinks'),
        ask: asker.ask,
      });
      if (!prepared.ok) return asker.stopped() ?? prepared;
      const { plan, label } = prepared.value;
      const { writeFor } = await import('../write-for.ts');
      return await writeFor(invocation, io, session, {
        kind: 'write',
        plan,
        label,
        unchanged: label,
        notes: [...notes, ...prepared.value.notes],
        named: prepared.value.named,
      });
    } finally {
      session.lock();
    }
  };

export const mv = transfer('mv');
export const cp = transfer('cp');
