import type { ReaderRequest } from '../../app/usecases/meant-reader.ts';
import { keyDoubts } from '../../core/look-alikes.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { show } from '../../core/safe-text.ts';
import { chooseGivenKey } from '../../crypto/choose-given-key.ts';
import type { GivenKey } from '../../crypto/given-key.ts';
import { readGivenKeys } from '../../crypto/read-given-keys.ts';
import { keyFor } from '../keys/resolve-key.ts';
import { type Field, fieldOf, typeInField } from '../state/field.ts';
import type { Model } from '../state/model.ts';
import type { ReaderNaming } from '../state/naming-state.ts';
import { sayError } from '../state/replies.ts';
import { type ModelStep, still, warning, withToast } from '../state/step.ts';
import { matrixView } from './matrix-view.ts';
import { changeReaders } from './reviewing.ts';

/** The reader of the column under the cursor, by the name that the rules give it. */
export function readerUnderCursor(model: Model): string | null {
  const { matrix } = model;
  if (!matrix) return null;
  const { columns, column } = matrixView(model, matrix);
  return columns[column]?.reader?.name ?? null;
}

/** Asks for the key of a reader who comes, or for another key or name of the one under the cursor. */
export const beginReaderLine =
  (action: ReaderNaming['action']) =>
  (model: Model): ModelStep => {
    const reader = action === 'add' ? '' : (readerUnderCursor(model) ?? '');
    const field = fieldOf(action === 'rename' ? reader : '');
    const naming: ReaderNaming = { kind: 'reader', action, reader, key: null, field };
    return still({ ...model, naming, view: { kind: 'naming' } });
  };

/** What taking the reader under the cursor out of everything comes to. */
export function removeReader(model: Model): ModelStep {
  const name = readerUnderCursor(model);
  return name === null
    ? still(model)
    : changeReaders(model, { kind: 'reader', request: { kind: 'remove', name } });
}

const isForKey = ({ action, key }: ReaderNaming): boolean =>
  action === 'replace' || (action === 'add' && key === null);

/** Several lines that are pasted may hold a key among others, as `ssh-keyscan` prints them. */
export function typeForReader(naming: ReaderNaming, text: string): Field {
  const given = isForKey(naming) && /[\r\n]/.test(text.trim()) ? keyIn(text) : null;
  return given?.ok ? fieldOf(given.value.text) : typeInField(naming.field, text);
}

function keyIn(text: string): Outcome<GivenKey> {
  const keys = readGivenKeys(text);
  return keys.ok ? chooseGivenKey(keys.value) : keys;
}

/** What is asked for at the start of the line. */
export function promptOf(naming: ReaderNaming): string {
  return isForKey(naming) ? ' key ' : ' name ';
}

export function titleOfReader({ action, reader, key }: ReaderNaming): string {
  if (action === 'replace') return `another key for ${show(reader)}`;
  if (action === 'rename') return `another name for ${show(reader)}`;
  return key === null ? 'a new reader: its public key' : 'a new reader: its name';
}

/** What is typed as what is asked for. Errors: those of reading a key, `usage`. */
export function requestOf(naming: ReaderNaming): Outcome<ReaderRequest | GivenKey> {
  const { action, reader: name, key, field } = naming;
  const text = field.text.trim();
  if (isForKey(naming)) {
    if (text === '') return fail('usage', 'a public key is missing');
    const given = keyIn(text);
    if (!given.ok || action === 'add') return given;
    return ok({ kind: 'replace', name, key: given.value, instead: null });
  }
  if (action === 'rename') {
    if (text === '') return fail('usage', 'a name is missing');
    return text === name
      ? fail('usage', 'it is called that already')
      : ok({ kind: 'rename', name, to: text });
  }
  const [, fresh = '', group = null] = /^(.*?)(?:\s+in\s+(\S+))?$/.exec(text) ?? [];
  if (fresh === '' || key === null) return fail('usage', 'a name is missing');
  return ok({ kind: 'add', name: fresh, key, group, beside: null, secrets: [] });
}

/** The next thing is asked for, or what all of it comes to is worked out and asked about. */
export function readerLineDone(model: Model, naming: ReaderNaming, now: number): ModelStep {
  const request = requestOf(naming);
  if (!request.ok) return still(withToast(model, warning(sayError(request.error), now)));
  if ('kind' in request.value) return changeReaders(model, { kind: 'reader', request: request.value });
  const key = request.value;
  return still({ ...model, naming: { ...naming, key, field: fieldOf(proposedName(key)) } });
}

/** What stands beside a key names a host, or else a person. */
function proposedName({ comment, hosts: [host] }: GivenKey): string {
  if (host !== undefined) return /^[\d.:]+$/.test(host) ? '' : (host.split('.')[0] ?? '');
  const [, user = '', place = ''] = /^([^@\s]+)@(\S+)$/.exec(comment) ?? [];
  return user === 'root' ? (place.split('.')[0] ?? '') : user;
}

/** What the line comes to; a line that begins with `! ` wants to be looked at. */
export function readerLines(model: Model, naming: ReaderNaming): readonly string[] {
  const request = requestOf(naming);
  const asked = isForKey(naming)
    ? ['Paste a public key: from a .pub file, ssh-keyscan, authorized_keys, or an age1… key.']
    : naming.action === 'add'
      ? ['NAME in GROUP puts it into a list or set of the rules, with all that this reads.']
      : [];
  if (!request.ok) {
    const isEmpty = naming.field.text.trim() === '';
    return [...(isEmpty ? [] : [`! ${sayError(request.error)}`]), ...asked];
  }
  const given = 'kind' in request.value ? keyOfRequest(request.value) : request.value;
  const goOn =
    'kind' in request.value ? 'shows what that changes, files included, before it does.' : 'goes on.';
  const name = 'kind' in request.value ? request.value.name : '';
  return [...(given ? keyLines(model, given, name) : []), `${keyFor('name-go-on')} ${goOn}`, ...asked];
}

const keyOfRequest = (request: ReaderRequest): GivenKey | null => ('key' in request ? request.key : null);

function keyLines(
  { repository }: Model,
  { recipient, comment, hosts, fingerprint }: GivenKey,
  name: string,
): readonly string[] {
  const beside = [comment, ...hosts].filter(Boolean);
  const doubts = keyDoubts(repository, { id: recipient.id, kind: recipient.kind, beside }, name);
  return [
    `${recipient.kind} ${fingerprint ?? show(recipient.id)}${beside.length > 0 ? ` ${show(beside.join(', '))}` : ''}`,
    'Compare that with what the host, or the person, says.',
    ...doubts.filter(({ kind }) => name !== '' || kind !== 'other-name').map(({ says }) => `! ${show(says)}`),
  ];
}
