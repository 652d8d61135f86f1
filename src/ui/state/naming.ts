import type { Agreement } from '../../app/usecases/apply-agreed.ts';
import { checkTransfers } from '../../app/usecases/check-transfers.ts';
import { newFilePlaces } from '../../app/usecases/place-new-file.ts';
import { placeTransfers } from '../../app/usecases/place-transfers.ts';
import type { Transfer } from '../../app/usecases/prepare-transfer.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Repository } from '../../core/repository.ts';
import type { CommandId } from '../keys/bindings.ts';
import { readerLineDone, typeForReader } from '../matrix/reader-line.ts';
import { eraseInField, type Field, type FieldMotion, fieldOf, moveInField, typeInField } from './field.ts';
import { chosenSecrets } from './marks.ts';
import { type Model, restingView } from './model.ts';
import type { SecretNaming } from './naming-state.ts';
import { sayError } from './replies.ts';
import { type ModelStep, preparing, request, still, warning, withToast } from './step.ts';

/** Asks for the new name of the secret under the cursor, or for the directory that several go to. */
export const beginNaming =
  (kind: SecretNaming['kind']) =>
  (model: Model): ModelStep => {
    const ids = chosenSecrets(model);
    const [first = ''] = ids;
    const end = first.endsWith('.age') ? first.length - '.age'.length : first.length;
    const field = ids.length === 1 ? fieldOf(first, end) : fieldOf(sharedDirectory(ids));
    const naming: SecretNaming = { kind, ids, field };
    return still({ ...model, naming, view: { kind: 'naming' }, revealed: null });
  };

/** The directory that all of them are in, with its last `/`. */
function sharedDirectory(ids: readonly string[]): string {
  const directories = ids.map((id) => id.slice(0, id.lastIndexOf('/') + 1));
  const [shortest = ''] = directories.toSorted((one, other) => one.length - other.length);
  let shared = shortest;
  while (!directories.every((directory) => directory.startsWith(shared)))
    shared = shared.slice(0, shared.lastIndexOf('/', shared.length - 2) + 1);
  return shared;
}

/** What was typed as a path from the root: several go to a directory, whether or not it is there. */
export function targetOfNaming({ ids, field }: SecretNaming): string {
  if (ids.length === 1) return field.text;
  return field.text === '' || field.text.endsWith('/') ? field.text : `${field.text}/`;
}

export interface NamingCheck {
  readonly transfers: readonly Transfer[];
  /** What may surprise somebody. */
  readonly notes: readonly string[];
}

/** What stands against what is typed, as far as it can be told without the disk. */
export function checkNaming({ repository }: Model, naming: SecretNaming): Outcome<NamingCheck> {
  const target = targetOfNaming(naming);
  if (target === '') {
    const says = naming.ids.length === 1 ? 'a name is missing' : 'a directory is missing; ./ is the root';
    return fail('usage', says);
  }
  if (naming.ids.length === 1 && target === naming.ids[0]) return fail('usage', 'it is called that already');
  const places = newFilePlaces(repository.root, '', (path) => directoriesOf(repository).has(path));
  const placed = placeTransfers(places, target, naming.ids);
  if (!placed.ok) return placed;
  if (naming.kind === 'mv' && placed.value.every(({ from, to }) => from === to))
    return fail('usage', 'they are there already');
  const checked = checkTransfers(repository, naming.kind, placed.value);
  return checked.ok ? ok({ transfers: placed.value, notes: checked.value }) : checked;
}

const directories = new WeakMap<Repository, ReadonlySet<string>>();

/** The directories that secrets are in. */
function directoriesOf(repository: Repository): ReadonlySet<string> {
  const known = directories.get(repository);
  if (known) return known;
  const found = new Set<string>();
  for (const { id } of repository.secrets) {
    for (let at = id.indexOf('/'); at >= 0; at = id.indexOf('/', at + 1)) found.add(id.slice(0, at));
  }
  directories.set(repository, found);
  return found;
}

const edit =
  (change: (field: Field) => Field) =>
  (model: Model): ModelStep =>
    still(
      model.naming ? { ...model, naming: { ...model.naming, field: change(model.naming.field) } } : model,
    );

const move = (motion: FieldMotion) => edit((field) => moveInField(field, motion));
const erase = (motion: FieldMotion) => edit((field) => eraseInField(field, motion));

export const typeName = (model: Model, text: string): ModelStep =>
  edit((field) =>
    model.naming?.kind === 'reader' ? typeForReader(model.naming, text) : typeInField(field, text),
  )(model);

/** What would be written, before it is: the plan is the question. */
export function transferNamed(model: Model, now: number, agreed: Agreement = 'none'): ModelStep {
  const { naming } = model;
  if (!naming || naming.kind === 'reader') return still(model);
  const checked = checkNaming(model, naming);
  if (!checked.ok) return still(withToast(model, warning(sayError(checked.error), now)));
  const { kind, ids } = naming;
  const to = targetOfNaming(naming);
  return request(preparing(model), 'write', (id) => ({
    type: 'transfer',
    request: id,
    kind,
    ids,
    to,
    agreed,
  }));
}

const leave = (model: Model): ModelStep => {
  const left: Model = { ...model, naming: null };
  return still({ ...left, view: restingView(left) });
};

const goOn = (model: Model, now: number): ModelStep =>
  model.naming?.kind === 'reader' ? readerLineDone(model, model.naming, now) : transferNamed(model, now);

/** The commands of the line in which a name is typed. */
export const namingCommands: Readonly<
  Record<Extract<CommandId, `name-${string}`>, (model: Model, now: number) => ModelStep>
> = {
  'name-go-on': goOn,
  'name-leave': leave,
  'name-left': move('left'),
  'name-right': move('right'),
  'name-word-left': move('word-left'),
  'name-word-right': move('word-right'),
  'name-start': move('start'),
  'name-end': move('end'),
  'name-erase-left': erase('left'),
  'name-erase-right': erase('right'),
  'name-erase-word': erase('word-left'),
  'name-erase-to-start': erase('start'),
  'name-erase-to-end': erase('end'),
};
