import { foldedPath } from '../../core/folded-path.ts';
import { newPath } from '../../core/new-path.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Repository } from '../../core/repository.ts';
import { notesOnName } from './notes-on-name.ts';
import { placeOfNew } from './place-of-new.ts';
import type { RulePlace } from './rule-place.ts';

export interface CheckedPath {
  /** From the root. */
  readonly path: string;
  readonly place: RulePlace;
  /** What is odd about it, and no reason to refuse it. */
  readonly notes: readonly string[];
}

/**
 * Whether a secret can get this name, as far as the reading of the repository tells; the path counts from the root.
 * Errors: `usage`, and those of `placeOfNew`.
 */
export function checkNewPath(repository: Repository, text: string): Outcome<CheckedPath> {
  if (text === '' || text.endsWith('/')) return fail('usage', 'a name is missing');
  const path = newPath(text, repository.root, '', () => false);
  if (!path.ok) return path;
  if (path.value.split('/')[0] === '.git') return fail('refused', 'the directory belongs to git');
  const place = placeOfNew(repository, path.value);
  if (!place.ok) return place;
  return ok({ path: path.value, place: place.value, notes: notesOnPath(repository, path.value) });
}

/** What may surprise somebody about the name of a new secret. */
export function notesOnPath({ secrets }: Repository, path: string): readonly string[] {
  const wanted = foldedPath(path);
  return notesOnName(path, secrets.find(({ id }) => foldedPath(id) === wanted)?.id);
}
