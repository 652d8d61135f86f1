import type { Plan, PlanWarning, Step } from '../../core/plan.ts';
import { readerChange } from '../../core/reader-change.ts';
import type { Recipient } from '../../core/recipient.ts';
import type { Repository } from '../../core/repository.ts';
import type { Secret, SecretId } from '../../core/secret.ts';
import { viewOfExtra, viewOfKey } from './view-of.ts';
import type { PlanView, ReaderChangeView, StepView, WarningView } from './views.ts';

type EncryptStep = Step & { readonly do: 'encrypt' };

/**
 * A plan as anybody may see it: what is to be written is told by its size, never by its bytes.
 *
 * @param fresh keys that the repository does not know yet, with the names that the plan gives them
 */
export function viewOfPlan(
  before: Repository,
  { base, steps, warnings }: Plan,
  fresh: readonly Recipient[] = [],
): PlanView {
  const recipients = new Map([...before.recipients, ...fresh.map((one) => [one.id, one] as const)]);
  const repository = fresh.length === 0 ? before : { ...before, recipients };
  const secrets = new Map(repository.secrets.map((secret) => [secret.id, secret]));
  return {
    base,
    steps: steps.map((step) => viewOfStep(repository, secrets, step)),
    warnings: warnings.map(viewOfWarning),
  };
}

const viewOfWarning = ({ code, path, says, recipient }: PlanWarning): WarningView => ({
  code,
  path,
  says,
  recipient: recipient?.id ?? null,
});

function viewOfStep(repository: Repository, secrets: ReadonlyMap<SecretId, Secret>, step: Step): StepView {
  const { path, target, before } = step;
  const place = { do: step.do, path, target, before };
  const nothing = { ...place, size: null, armored: null, readers: [], readerChange: null, from: null };
  switch (step.do) {
    case 'encrypt': {
      const readers = step.readers.map((id) => viewOfKey(repository, id));
      const change = viewOfReaderChange(repository, secrets.get(step.secret), step);
      return { ...nothing, size: step.size, armored: step.armored, readers, readerChange: change };
    }
    case 'copy':
      return { ...nothing, from: step.from };
    case 'delete':
      return nothing;
    case 'rewrite':
      return { ...nothing, size: Buffer.byteLength(step.text) };
    case 'restore':
      return { ...nothing, size: step.content.size };
  }
}

function viewOfReaderChange(
  repository: Repository,
  secret: Secret | undefined,
  { before, readers }: EncryptStep,
): ReaderChangeView | null {
  if (secret === undefined || before === null) return null;
  const change = readerChange(repository, secret, readers);
  const { count, of } = change.gainsAmong;
  return {
    before: change.before,
    after: change.after,
    gains: change.gains.map((id) => viewOfKey(repository, id)),
    gainsAmong: { count, of: of.map((id) => viewOfKey(repository, id)) },
    loses: change.loses.map((extra) => viewOfExtra(repository, extra)),
  };
}
