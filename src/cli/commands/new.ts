import { withoutAliases } from '../../core/aliases.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { show } from '../../core/safe-text.ts';
import type { CliIo } from '../cli-io.ts';
import { hasOption, type Invocation, valuesOf } from '../invocation.ts';
import { mayAsk } from '../may-ask.ts';
import { openSessionFor } from '../open-session-for.ts';
import type { Report } from '../report.ts';
import { requireRules } from '../require-rules.ts';
import type { Command } from './command.ts';

export const create: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const opened = await openSessionFor(invocation, io);
  if (!opened.ok) return opened;
  const { session, here, notes } = opened.value;
  try {
    const repository = session.repository();
    const rules = requireRules(repository);
    if (!rules.ok) return rules;
    const { newFilePlaces } = await import('../../app/usecases/place-new-file.ts');
    const { place } = newFilePlaces(repository.root, here);
    const path = place(invocation.positionals[0] ?? '');
    if (!path.ok) return path;
    const [password] = valuesOf(invocation, 'password-in');
    const passwordPath = password === undefined ? null : place(password);
    if (passwordPath && !passwordPath.ok) return passwordPath;
    const { prepareNew } = await import('../../app/usecases/prepare-new.ts');
    const { placeOfNew } = await import('../../app/usecases/place-of-new.ts');
    // Whatever can be refused is refused before anybody types a value.
    const rulePlace = placeOfNew(repository, path.value);
    if (!rulePlace.ok) return rulePlace;
    const { offeredReaders, chooseReaders, namedReaders } = await import(
      '../../app/usecases/choose-readers.ts'
    );
    const offers = offeredReaders(repository, rulePlace.value);
    if (!offers.ok) return offers;
    const words = await readersFor(
      invocation,
      io,
      offers.value.map(({ text }) => text),
    );
    if (!words.ok) return words;
    const to = withoutAliases(repository, words.value);
    if (!to.ok) return to;
    const chosen = chooseReaders(offers.value, to.value);
    if (!chosen.ok) return chosen;
    const { newValuesFor } = await import('../new-values-for.ts');
    const values = await newValuesFor(invocation, io, path.value, passwordPath?.value ?? null);
    if (!values.ok) return values;
    const prepared = await prepareNew(session, {
      secrets: values.value.secrets,
      to: to.value,
      armored: hasOption(invocation, 'armor'),
      allowEmpty: hasOption(invocation, 'allow-empty'),
    });
    if (!prepared.ok) return prepared;
    const { plan, label } = prepared.value;
    const { writeFor } = await import('../write-for.ts');
    const { notesOnPath } = await import('../../app/usecases/check-new-path.ts');
    const odd = values.value.secrets.flatMap((one) =>
      notesOnPath(repository, one.path).map((says) => `${one.path}: ${says}`),
    );
    const all = [...notes, ...odd, ...values.value.notes];
    return await writeFor(invocation, io, session, {
      kind: 'write',
      plan,
      label,
      unchanged: label,
      notes: all,
      named: namedReaders(offers.value, to.value),
    });
  } finally {
    session.lock();
  }
};

/** As given, `a,b` being two; else asked for. Empty where nobody can be asked, which is then refused. */
async function readersFor(
  invocation: Invocation,
  io: CliIo,
  offered: readonly string[],
): Promise<Outcome<readonly string[]>> {
  const given = valuesOf(invocation, 'to').flatMap(split);
  if (given.length > 0 || !mayAsk(invocation, io)) return ok(given);
  const { readLine } = await import('../../app/terminal/read-line.ts');
  const answer = await readLine(`who may read it? ${offered.map((name) => show(name)).join(', ')}: `, {
    echo: true,
  });
  if (!answer.ok) return answer;
  const typed = split(Buffer.from(answer.value).toString());
  return typed.length > 0 ? ok(typed) : fail('stopped', 'nothing was written: nobody is named to read it');
}

const split = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
