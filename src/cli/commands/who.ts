import { whoReads } from '../../app/usecases/who-reads.ts';
import { counted } from '../../core/counted.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import { sayPast } from '../../core/past-key.ts';
import { shortKey } from '../../core/recipient-label.ts';
import { stanzaName } from '../../core/stanza-name.ts';
import { hasOption } from '../invocation.ts';
import { openSessionFor } from '../open-session-for.ts';
import { problemNotes } from '../problem-notes.ts';
import { type Report, report } from '../report.ts';
import { requireRules } from '../require-rules.ts';
import type { Output } from '../schema/output.ts';
import { usageNotes, usageRecords } from '../usage-records.ts';
import type { Command } from './command.ts';

export const who: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const opened = await openSessionFor(invocation, io);
  if (!opened.ok) return opened;
  const { session, resolve, notes } = opened.value;
  const readable = requireRules(session.repository());
  if (!readable.ok) return readable;
  const address = resolve(invocation.positionals[0] ?? '');
  if (!address.ok) return address;
  const found = await whoReads(session, { id: address.value.id, used: hasOption(invocation, 'used') });
  if (!found.ok) return found;
  const { historyNotes, ...json } = found.value;
  const { id, readers, recipients, ruleProblem, former, usage } = json satisfies Output<'who'>;
  if (usage !== null) {
    return ok(report({ json, records: usageRecords(usage), notes: [...notes, ...usageNotes(id, usage)] }));
  }
  const doubts = [
    ...(ruleProblem
      ? problemNotes([
          { ...ruleProblem, says: `what the rules say of ${id} is not known: ${ruleProblem.says}` },
        ])
      : []),
    ...(recipients.unknown > 0
      ? [`${id}: ${counted(recipients.unknown, 'reader')} on the file cannot be told by name`]
      : []),
  ];
  // Keys that the file has and the repository does not: a tag is all that is known of them.
  const unnamed = recipients.extra
    .filter((extra) => extra.key === null)
    .map((extra) => [
      '?',
      'unknown',
      `declared:${ruleProblem === null ? 'no' : 'unknown'}`,
      'in-file:yes',
      stanzaName(extra),
    ]);
  const pasts = former.map(
    ({ name, did, file, commit, date, ...stanza }) =>
      `${stanzaName(stanza)} was ${name ?? shortKey(stanza.key)}, ${sayPast({ did, file, commit, date })}`,
  );
  return ok(
    report({
      json,
      records: [
        ...readers.map((reader) => [
          namesOf(reader).join(', ') || shortKey(reader.key.key),
          reader.kind,
          `declared:${reader.declared}`,
          `in-file:${reader.onFile}`,
          reader.key.key,
        ]),
        ...unnamed,
      ],
      notes: [...notes, ...doubts, ...pasts, ...historyNotes],
    }),
  );
};

/** The user's own name first. */
const namesOf = ({ names, key: { alias } }: Output<'who'>['readers'][number]): readonly string[] => [
  ...new Set([...(alias === null ? [] : [alias]), ...names]),
];
