import type { SecretRef } from '../../app/session.ts';
import { formatKeyPath } from '../../core/address.ts';
import type { PayloadKind } from '../../core/payload.ts';
import { show } from '../../core/safe-text.ts';
import type { Readable, Secret, SecretId } from '../../core/secret.ts';
import type { Page } from '../editor/draft-text.ts';
import { editorRects, inside, insideInset, type Layout, layout } from '../layout.ts';
import type { ListLine, Model } from './model.ts';
import type { NewTarget } from './new-form.ts';

/** The layout of the present model. */
export const layoutOf = (model: Model): Layout =>
  layout({
    columns: model.columns,
    rows: model.rows,
    pane: model.pane,
    isRevealed: model.revealed !== null,
  });

export function listHeight(model: Model): number {
  const { list, isFramed, body } = layoutOf(model);
  return inside(list ?? body, isFramed).height;
}

/** Cells and lines for the text of a revealed value: the pane without its first and last line. */
export function valueArea({ columns, rows, pane }: Model): {
  readonly width: number;
  readonly height: number;
} {
  const { value, isFramed } = layout({ columns, rows, pane, isRevealed: true });
  if (!value) return { width: Math.max(1, columns - 2), height: 0 };
  const area = insideInset(value, isFramed);
  return { width: Math.max(1, area.width), height: Math.max(1, area.height - 2) };
}

/** Room for the text being edited: the pane without its last line, which tells about the whole. */
export function editorPage(model: Model): Page {
  const { body, isFramed } = layoutOf(model);
  const { width, height } = inside(editorRects(body).text, isFramed);
  return { width: Math.max(1, width), height: Math.max(1, height - 1) };
}

/** Lines of the form that are seen, above the line about the one with the cursor. */
export function formHeight(model: Model): number {
  const { body, isFramed } = layoutOf(model);
  return Math.max(1, inside(body, isFramed).height - 2);
}

export const selectedLine = (model: Model): ListLine | undefined => model.lines[model.cursor];

const indexes = new WeakMap<object, ReadonlyMap<SecretId, Secret>>();

/** Finding one of 10,000 secrets for every frame: an index per reading of the repository. */
export function secretOf({ repository }: Model, id: SecretId): Secret | undefined {
  let index = indexes.get(repository);
  if (!index) {
    index = new Map(repository.secrets.map((secret) => [secret.id, secret]));
    indexes.set(repository, index);
  }
  return index.get(id);
}

export function selectedSecret(model: Model): Secret | undefined {
  const line = selectedLine(model);
  return line && secretOf(model, line.id);
}

const structured: ReadonlySet<PayloadKind> = new Set(['dotenv', 'json', 'yaml', 'ini', 'key-value']);

/** What would be made here: a key where those of a secret are looked at, the file of a rule, else a secret. */
export function targetOfNew(model: Model): NewTarget {
  const secret = selectedSecret(model);
  const line = selectedLine(model);
  if (!secret || !line) return { kind: 'secret' };
  if (secret.state === 'missing') return { kind: 'rule', id: secret.id };
  const { opened, pane } = model;
  const isInside = pane === 'value' || line.entry !== undefined || line.key !== undefined;
  const isStructured = opened?.id === secret.id && structured.has(opened.kind);
  return isInside && isStructured ? { kind: 'key', id: secret.id } : { kind: 'secret' };
}

export const readableOf = (model: Model, id: SecretId): Readable => model.readable.get(id) ?? 'unknown';

/** False once it is known that no key was found that could open anything. */
export const hasUsableKey = ({ identities }: Model): boolean =>
  identities === null || identities.some(({ lock }) => lock !== 'unusable');

/** How a key path is written in the list, in search and in `FILE#KEY`. */
export const shownKey = (path: readonly string[]): string => show(formatKeyPath(path));

/** The key a line stands for, as shown; absent for a whole secret. */
export function keyOfLine(model: Model, line: ListLine): string | undefined {
  if (line.entry === undefined) return line.key;
  const path = model.opened?.entries[line.entry]?.path;
  return path && shownKey(path);
}

/** What a line stands for, in a message about it: the file's own name, without its directories. */
export function shortName(model: Model, line: ListLine): string {
  const key = keyOfLine(model, line);
  const name = show(line.id.slice(line.id.lastIndexOf('/') + 1));
  return key === undefined ? name : `${name}#${key}`;
}

/** The handle of what a line stands for, when its secret is open. */
export function refOfLine(model: Model, line: ListLine): SecretRef | undefined {
  const { opened } = model;
  if (!opened || opened.id !== line.id) return undefined;
  if (line.entry !== undefined) return opened.entries[line.entry]?.ref;
  if (line.key === undefined) return opened.ref;
  return opened.entries.find(({ path }) => shownKey(path) === line.key)?.ref;
}

/** Whether the clock has to run: something on the screen ends or counts down. Otherwise the program is idle. */
export const wantsClock = (model: Model): boolean =>
  model.revealed !== null ||
  (model.editor !== null && !model.editor.isHidden) ||
  model.clipboardClearsAt !== null ||
  (model.toast !== null && model.toast.until !== null);
