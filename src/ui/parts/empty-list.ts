import { show } from '../../core/safe-text.ts';
import { dependsOnKeys } from '../state/filtering.ts';
import type { Model } from '../state/model.ts';

/** An empty list says why it is empty and which key helps. */
export function emptyListText(model: Model): readonly string[] {
  const { filter, repository, keyIndex } = model;
  if (filter.query !== '' && filter.hits === null) return ['searching'];
  if (filter.query !== '') {
    const isReading = keyIndex.kind === 'reading';
    const isSurveying = dependsOnKeys(model) && model.surveyed < repository.secrets.length;
    return [
      `No secrets match \`${show(filter.query)}\`.`,
      isSurveying
        ? 'What the keys open is still being looked at.'
        : isReading
          ? 'Names of keys are still being read.'
          : 'Esc clears the search.',
    ];
  }
  const { rules, problems } = repository;
  const why = rules.length === 0 ? 'No rules file was found here.' : 'The rules name no secrets.';
  return [why, problems.length > 0 ? '! shows what could not be read.' : 'R reads the repository again.'];
}
