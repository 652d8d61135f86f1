import { whoReads } from '../../app/usecases/who-reads.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import { shortKey } from '../../core/recipient-label.ts';
import { openSessionFor } from '../open-session-for.ts';
import { type Report, report } from '../report.ts';
import { requireRules } from '../require-rules.ts';
import type { Output } from '../schema/output.ts';
import type { Command } from './command.ts';

export const who: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const opened = await openSessionFor(invocation, io);
  if (!opened.ok) return opened;
  const { session, resolve, notes } = opened.value;
  const readable = requireRules(session.repository());
  if (!readable.ok) return readable;
  const address = resolve(invocation.positionals[0] ?? '');
  if (!address.ok) return address;
  const found = await whoReads(session, { id: address.value.id });
  if (!found.ok) return found;
  const { readers, recipients } = found.value;
  const anonymous =
    recipients.unknown > 0
      ? [`${found.value.id}: ${recipients.unknown} readers in the file are anonymous`]
      : [];
  // Keys that the file has and the repository does not: a tag is all that is known of them.
  const unnamed = recipients.extra
    .filter((extra) => extra.name === null)
    .map(({ kind, tag }) => [
      '?',
      'unknown',
      'declared:no',
      'in-file:yes',
      tag == null ? kind : `${kind} ${tag}`,
    ]);
  return ok(
    report({
      json: { ...found.value } satisfies Output<'who'>,
      records: [
        ...readers.map((reader) => [
          reader.names.length > 0 ? reader.names.join(', ') : shortKey(reader.key.key),
          reader.kind,
          `declared:${reader.declared ? 'yes' : 'no'}`,
          `in-file:${reader.onFile}`,
          reader.key.key,
        ]),
        ...unnamed,
      ],
      notes: [...notes, ...anonymous],
    }),
  );
};
