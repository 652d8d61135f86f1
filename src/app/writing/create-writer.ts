import type { Change } from '../../core/change.ts';
import type { IdentityStatus } from '../../core/identity-status.ts';
import { nobodyReads } from '../../core/nobody-reads.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Plan, PlanWarning } from '../../core/plan.ts';
import { planChanges } from '../../core/plan-changes.ts';
import type { Repository } from '../../core/repository.ts';
import { undoStack } from '../../core/undo-stack.ts';
import { readRepositoryHistory } from '../../store/transaction/history.ts';
import { inspectTargets } from '../../store/transaction/inspect-targets.ts';
import { runTransaction } from '../../store/transaction/transaction.ts';
import { createAcceptance } from '../acceptance/acceptance.ts';
import type { PlaintextVault } from '../plaintext-vault.ts';
import { contentOf } from './content-of.ts';
import { type FreshPorts, filesBelow, freshFacts } from './fresh-facts.ts';
import { reversalOf } from './reversal-of.ts';
import type { Reversal, Writer } from './writer.ts';

/** What writing needs of a session. */
export interface WriterPorts extends FreshPorts {
  readonly identities: () => Promise<readonly IdentityStatus[]>;
  readonly vault: PlaintextVault;
  /** Where it is kept whom the user accepted as readers. */
  readonly stateDirectory: string;
}

export function createWriter({ identities, vault, stateDirectory, ...fresh }: WriterPorts): Writer {
  const repository = (): Repository => fresh.reading().repository;
  const { root } = repository();
  const acceptance = createAcceptance(stateDirectory, fresh.reading);

  const unreadable = async (plan: Plan): Promise<readonly PlanWarning[]> => {
    const keys = plan.steps.some((step) => step.do === 'encrypt') ? await identities() : [];
    return plan.steps
      .filter((step) => step.do === 'encrypt' && nobodyReads(step.readers, keys))
      .map(({ path }) => ({
        code: 'nobody-here-reads',
        path,
        says: 'no key found here opens it afterwards',
      }));
  };

  const reversal = (which: 'undo' | 'redo'): Outcome<Reversal> => {
    const history = readRepositoryHistory(root);
    const record = undoStack(history)[which];
    if (record === null) return fail('not-found', `nothing to ${which}`);
    return ok(reversalOf(record));
  };

  return {
    hold: (bytes) => vault.hold(bytes),
    drop: (ref) => vault.release(ref),
    async fingerprint(path) {
      const files = await inspectTargets(root, [path]);
      return files.ok ? ok(files.value.get(path)?.sha256 ?? null) : files;
    },
    rulesFrom() {
      const { sources } = fresh.reading();
      return sources === null ? null : filesBelow(repository(), sources);
    },
    async plan(changes, { breakHardLinks } = { breakHardLinks: false }) {
      const facts = await freshFacts(fresh, changes.flatMap(pathsOf));
      if (!facts.ok) return facts;
      const planned = planChanges(changes, { ...facts.value, breakHardLinks });
      if (!planned.ok) return planned;
      const plan = planned.value;
      const doubts = acceptance.doubts(plan.steps);
      if (!doubts.ok) return doubts;
      return ok({ ...plan, warnings: [...doubts.value, ...plan.warnings, ...(await unreadable(plan))] });
    },
    async apply(plan, { kind, label, signal, onProgress, accept = [] }) {
      const { steps } = plan;
      // Whoever applies a plan may have overlooked what it warns of.
      const checked = acceptance.check(steps, new Set(accept));
      if (!checked.ok) return checked;
      const files = steps.map((step, index) => ({
        path: step.path,
        target: step.target,
        before: step.before,
        content:
          step.do === 'delete'
            ? null
            : () => {
                onProgress?.(index, steps.length);
                return contentOf(step, { root, repository: repository(), vault });
              },
      }));
      const committed = await runTransaction({ root, kind, label, base: plan.base, files, signal });
      if (!committed.ok) return committed;
      return ok({ ...committed.value, notes: acceptance.remember(plan.steps) });
    },
    lastWrite: () => reversal('undo'),
    lastUndo: () => reversal('redo'),
  };
}

/** The files that a change names. */
function pathsOf(change: Change): readonly string[] {
  if (change.kind === 'put') return [change.secret];
  return change.kind === 'copy' ? [change.path, change.from] : [change.path];
}
