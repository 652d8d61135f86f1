import { counted } from '../../core/counted.ts';
import { isOnFile } from '../../core/matrix.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Plan } from '../../core/plan.ts';
import type { Repository } from '../../core/repository.ts';
import { sameKeys } from '../../core/same-keys.ts';
import { changeReaders } from '../../store/backends/agenix/change-readers.ts';
import type { Session } from '../session.ts';
import { type NamedReaders, namedBy } from './choose-readers.ts';
import { explainSpread } from './explain-spread.ts';
import type { OpenValuesOptions } from './open-values.ts';
import { type Affected, affectedBy, planAffected } from './plan-affected.ts';
import { type MeantToggle, meantToggles, type ReaderToggle, readersAsAsked } from './reader-toggles.ts';
import { whileRulesStay } from './while-rules-stay.ts';

export interface ReadersInput extends OpenValuesOptions {
  readonly toggles: readonly ReaderToggle[];
  /** A list that gives other secrets their readers, too, may change with all that follows. */
  readonly editGroups: boolean;
  readonly breakHardLinks: boolean;
}

export interface PreparedReaders {
  /** `null`: rules and files are so already. */
  readonly plan: Plan | null;
  readonly label: string;
  readonly notes: readonly string[];
  /** To whom something is to be given by name. */
  readonly named: NamedReaders;
}

/**
 * What giving secrets to readers, or taking them away, would do: the rules in their own text, and every file whose
 * readers differ then, as one plan. Every file is opened first; where one cannot be, nothing is written. Errors:
 * `not-found`, `ambiguous`, `bad-recipient`, `bad-rules` (with what to edit by hand), `refused` (others would lose
 * readers, too), `usage` (nobody would be left), those of opening and of `Writer.plan`.
 */
export async function prepareReaders(
  session: Session,
  input: ReadersInput,
): Promise<Outcome<PreparedReaders>> {
  return whileRulesStay(session, () => prepare(session, input));
}

async function prepare(session: Session, input: ReadersInput): Promise<Outcome<PreparedReaders>> {
  const repository = session.repository();
  const meant = meantToggles(repository, input.toggles);
  if (!meant.ok) return meant;
  const edits = meant.value.map(({ entry, to, offers }) => ({
    rulesFile: entry.rule.rulesFile,
    key: entry.rule.key,
    to,
    readers: offers,
  }));
  const changed = changeReaders(repository.root, repository.rules, edits);
  if (!changed.ok) return changed;
  const label = labelOf(meant.value);
  const granted = meant.value.filter(({ to }) => to === 'grant');
  const named = new Map(granted.flatMap(({ reader, offers }) => [...namedBy(reader, offers)]));
  const affected = affectedBy(repository, changed.value);
  const others = affected
    .filter(({ secret, readers }) => !sameKeys([...readersAsAsked(secret, meant.value)], readers))
    .map(({ secret }) => secret.id);
  if (others.length > 0 && !input.editGroups) return explainSpread(repository, meant.value, others);
  const undone = undoneBy(affected, meant.value);
  if (undone) return undone;
  const notes = [
    ...meant.value.flatMap((toggle) => alreadySo(repository, toggle)),
    ...(others.length > 0
      ? [`the list that changes gives readers to ${counted(others.length, 'other secret')}, too`]
      : []),
  ];
  const files = [...affected, ...driftedFrom(repository, meant.value, affected)].filter(
    ({ secret }) => secret.state !== 'missing',
  );
  const absent = affected.filter(({ secret }) => secret.state === 'missing');
  notes.push(...absent.map(({ secret }) => `${secret.id}: there is no file; its rule alone changes`));
  if (files.length === 0 && changed.value.rewrites.length === 0)
    return ok({ plan: null, label, notes, named });
  const keys = meant.value.flatMap((toggle) => toggle.keys);
  const plan = await planAffected(session, { files, rewrites: changed.value.rewrites, keys }, input);
  return plan.ok ? ok({ plan: plan.value, label, notes, named }) : plan;
}

/** A list that is edited for one secret may take from another what is to be given to it. */
function undoneBy(affected: readonly Affected[], meant: readonly MeantToggle[]): Outcome<never> | null {
  for (const { secret, readers } of affected) {
    const wanted = readersAsAsked(secret, meant);
    const has = new Set(readers);
    const toggle = meant.find(
      ({ entry, keys }) => entry.id === secret.id && keys.some((id) => has.has(id) !== wanted.has(id)),
    );
    if (toggle === undefined) continue;
    return fail('refused', `${toggle.reader} would lose it with a list that is edited for another secret`, {
      where: secret.id,
      hint: 'change one after the other',
    });
  }
  return null;
}

/** Secrets whose rule is as it is to be, and whose file provably is not. */
function driftedFrom(
  repository: Repository,
  meant: readonly MeantToggle[],
  affected: readonly Affected[],
): readonly Affected[] {
  const done = new Set(affected.map(({ secret }) => secret.id));
  const drifted = meant.filter(
    ({ entry, keys, to }) =>
      !done.has(entry.id) &&
      keys.some((id) => isOnFile(repository, entry, id) === (to === 'grant' ? 'no' : 'yes')),
  );
  return [
    ...new Map(drifted.map(({ entry }) => [entry.id, { secret: entry, readers: entry.declared }])).values(),
  ];
}

function alreadySo(repository: Repository, { entry, keys, to, reader }: MeantToggle): readonly string[] {
  const has = keys.filter((id) => entry.declared.includes(id)).length;
  if (to === 'grant' ? has < keys.length : has > 0) return [];
  const onFile = keys.map((id) => isOnFile(repository, entry, id));
  const says =
    to === 'grant' ? `the rules give it to ${reader} already` : `the rules do not give it to ${reader}`;
  const fileDiffers = onFile.includes(to === 'grant' ? 'no' : 'yes');
  return [`${entry.id}: ${says}${fileDiffers ? ', only the file differs' : ''}`];
}

function labelOf(toggles: readonly ReaderToggle[]): string {
  const [first] = toggles;
  const one = (of: (toggle: ReaderToggle) => string): boolean => new Set(toggles.map(of)).size === 1;
  if (first === undefined || !one(({ reader }) => reader) || !one(({ to }) => to))
    return `change ${counted(toggles.length, 'reader')}`;
  const what = toggles.length === 1 ? first.secret : counted(toggles.length, 'secret');
  return `${first.to} ${first.reader} ${what}`;
}
