import { createPassphraseAsker } from '../../app/terminal/ask-passphrase.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { resolveAddress } from '../../core/resolve-address.ts';
import { hasOption, valuesOf } from '../invocation.ts';
import { mayAsk } from '../may-ask.ts';
import { openSessionFor } from '../open-session-for.ts';
import type { Report } from '../report.ts';
import { requireRules } from '../require-rules.ts';
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
      const { newFilePlaces, into } = await import('../../app/usecases/place-new-file.ts');
      const places = newFilePlaces(repository.root, here);
      const target = invocation.positionals.at(-1) ?? '';
      const directory = places.directory(target);
      const sources = invocation.positionals.slice(0, -1);
      if (directory === null && sources.length > 1)
        return fail('usage', 'several secrets need a directory to go to', { where: target });
      const transfers = [];
      for (const wanted of sources) {
        const address = resolveAddress(repository, wanted, here, false);
        if (!address.ok) return address;
        const { id, key } = address.value;
        if (key) return fail('usage', 'only whole secrets have a name to change', { where: wanted });
        const to = directory === null ? places.place(target) : ok(into(directory, id));
        if (!to.ok) return to;
        transfers.push({ from: id, to: to.value });
      }
      const asker = createPassphraseAsker(() => mayAsk(invocation, io));
      const { prepareTransfer } = await import('../../app/usecases/prepare-transfer.ts');
      const prepared = await prepareTransfer(session, {
        kind,
        transfers,
        readers: valuesOf(invocation, 'to').flatMap((names) => names.split(',')),
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
      });
    } finally {
      session.lock();
    }
  };

export const mv = transfer('mv');
export const cp = transfer('cp');
