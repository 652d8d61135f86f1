import type { SecretId } from '../../core/secret.ts';
import type { PlanView } from './views.ts';

/** Secrets that somebody loses by a plan: their values may be known, and git keeps the old files. */
export const rotationOf = ({ steps }: Pick<PlanView, 'steps'>): readonly SecretId[] =>
  steps
    .filter(({ readerChange }) => readerChange !== null && readerChange.loses.length > 0)
    .map(({ path }) => path as SecretId);
