import { whatReads } from '../../app/usecases/what-reads.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import { hasOption } from '../invocation.ts';
import { openSessionFor } from '../open-session-for.ts';
import { problemNotes } from '../problem-notes.ts';
import { type Report, report } from '../report.ts';
import { requireRules } from '../require-rules.ts';
import type { Output } from '../schema/output.ts';
import { stateCell } from '../state-cell.ts';
import { unusedNotes } from '../unused-notes.ts';
import type { Command } from './command.ts';

export const what: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const opened = await openSessionFor(invocation, io);
  if (!opened.ok) return opened;
  const readable = requireRules(opened.value.session.repository());
  if (!readable.ok) return readable;
  const found = await whatReads(opened.value.session, {
    reader: invocation.positionals[0] ?? '',
    unused: hasOption(invocation, 'unused'),
  });
  if (!found.ok) return found;
  return ok(
    report({
      json: { ...found.value } satisfies Output<'what'>,
      records: found.value.secrets.map((secret) => [
        { text: secret.id, yields: 'path' },
        stateCell(secret.state),
        `declared:${secret.declared}`,
        `in-file:${secret.onFile}`,
      ]),
      // A secret may be missing because of them.
      notes: [
        ...opened.value.notes,
        ...problemNotes(opened.value.session.repository().problems),
        ...unusedNotes(found.value.unused),
      ],
    }),
  );
};
