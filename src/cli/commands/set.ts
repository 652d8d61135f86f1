import { createPassphraseAsker } from '../../app/terminal/ask-passphrase.ts';
import { fail, type Outcome } from '../../core/outcome.ts';
import { resolveAddress } from '../../core/resolve-address.ts';
import { finalNewlineFor } from '../final-newline-for.ts';
import { hasOption } from '../invocation.ts';
import { mayAsk } from '../may-ask.ts';
import { openSessionFor } from '../open-session-for.ts';
import type { Report } from '../report.ts';
import { requireRules } from '../require-rules.ts';
import type { Command } from './command.ts';

export const set: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const newline = finalNewlineFor(invocation);
  if (!newline.ok) return newline;
  const wanted = invocation.positionals[0] ?? '';
  const opened = await openSessionFor(invocation, io, { address: wanted, withRules: true });
  if (!opened.ok) return opened;
  const { session, here, notes } = opened.value;
  try {
    const rules = requireRules(session.repository());
    if (!rules.ok) return rules;
    const address = resolveAddress(session.repository(), wanted, here, false);
    if (!address.ok) return address;
    const { id, key } = address.value;
    if (key?.length === 0)
      return fail('usage', 'a list of keys has no value', { hint: 'name one key after the #' });
    if (key === undefined && hasOption(invocation, 'create'))
      return fail('usage', '--create adds a key, and none is named', { where: wanted, hint: 'FILE#KEY' });
    const { prepareSet, readValueFor, writeFor } = await import('../set-parts.ts');
    const value = await readValueFor(invocation, io, `new value of ${wanted}`);
    if (!value.ok) return value;
    const asker = createPassphraseAsker(() => mayAsk(invocation, io));
    const prepared = await prepareSet(session, {
      id,
      ...(key && { key }),
      value: value.value,
      finalNewline: newline.value ?? (key && !hasOption(invocation, 'value') ? 'keep' : 'exact'),
      allowEmpty: hasOption(invocation, 'allow-empty'),
      anyFormat: hasOption(invocation, 'any-format'),
      newKey: hasOption(invocation, 'create') ? 'allowed' : 'never',
      breakHardLinks: hasOption(invocation, 'break-hardlinks'),
      ask: asker.ask,
    });
    if (!prepared.ok) return asker.stopped() ?? prepared;
    const { plan, label } = prepared.value;
    const all = [...notes, ...prepared.value.notes];
    return await writeFor(invocation, io, session, { kind: 'write', plan, label, unchanged: id, notes: all });
  } finally {
    session.lock();
  }
};
