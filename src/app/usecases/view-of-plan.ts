import type { Plan, Step } from '../../core/plan.ts';
import type { Repository } from '../../core/repository.ts';
import { viewOfKey } from './view-of.ts';
import type { PlanView, StepView } from './views.ts';

/** A plan as anybody may see it: what is to be written is told by its size, never by its bytes. */
export function viewOfPlan(repository: Repository, { base, steps, warnings }: Plan): PlanView {
  return { base, steps: steps.map((step) => viewOfStep(repository, step)), warnings };
}

function viewOfStep(repository: Repository, step: Step): StepView {
  const { path, target, before } = step;
  const nothing = { do: step.do, path, target, before, size: null, armored: null, readers: [], from: null };
  switch (step.do) {
    case 'encrypt': {
      const readers = step.readers.map((id) => viewOfKey(repository, id));
      return { ...nothing, size: step.size, armored: step.armored, readers };
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
