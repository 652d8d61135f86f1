import type { Session } from '../../app/session.ts';
import { listSecrets } from '../../app/usecases/list-secrets.ts';
import type { SecretView } from '../../app/usecases/views.ts';
import { type Outcome, ok } from '../../core/outcome.ts';
import { type SecretState, secretStates } from '../../core/secret.ts';
import type { Cell } from '../columns.ts';
import type { GitColumn } from '../git-column.ts';
import { hasOption, type Invocation, valuesOf } from '../invocation.ts';
import { nothingFits } from '../nothing-fits.ts';
import { openSessionFor } from '../open-session-for.ts';
import { problemNotes } from '../problem-notes.ts';
import { readerNames } from '../reader-names.ts';
import { type Report, report } from '../report.ts';
import { requireRules } from '../require-rules.ts';
import type { Output } from '../schema/output.ts';
import { stateCell } from '../state-cell.ts';
import type { Command } from './command.ts';

export const list: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const opened = await openSessionFor(invocation, io);
  if (!opened.ok) return opened;
  const { session, notes } = opened.value;
  const readable = requireRules(session.repository());
  if (!readable.ok) return readable;
  const listed = await listSecrets(session, {
    globs: invocation.positionals,
    states: statesOf(invocation),
    readers: valuesOf(invocation, 'reader'),
  });
  if (!listed.ok) return listed;
  const { secrets, problems } = listed.value;
  const git = hasOption(invocation, 'git') ? await gitOf(session, secrets) : ok(null);
  if (!git.ok) return git;
  const json: Output<'list'> | Output<'list-git'> = { ...listed.value, ...git.value?.json };
  const { cell } = git.value ?? {};
  return ok(
    report({
      json: { ...json },
      records: secrets.map((secret) => [...record(secret), ...(cell ? [cell(secret.id)] : [])]),
      notes: [...notes, ...problemNotes(problems), ...nothingFits(invocation, session, secrets.length)],
    }),
  );
};

/** Loaded where it is wanted: git is asked, and `list` is fast without. */
async function gitOf(session: Session, secrets: readonly SecretView[]): Promise<Outcome<GitColumn>> {
  const { gitColumn } = await import('../git-column.ts');
  return gitColumn(
    session,
    secrets.map(({ id }) => id),
  );
}

const statesOf = (invocation: Invocation): readonly SecretState[] => {
  const wanted = new Set(valuesOf(invocation, 'state'));
  return secretStates.filter((state) => wanted.has(state));
};

const record = (secret: SecretView): readonly Cell[] => [
  { text: secret.id, yields: 'path' },
  secret.format,
  stateCell(secret.state),
  `readable:${secret.readable}`,
  { text: readerNames(secret.recipients.declared), yields: 'list' },
];
