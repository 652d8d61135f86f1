import { strengthOf } from '../../app/usecases/strength-of.ts';
import { counted } from '../../core/counted.ts';
import { textWidth, truncateStart } from '../../core/text-width.ts';
import { isAscii } from '../glyphs.ts';
import type { Pen } from '../pen.ts';
import { isLockOut, keysChosen, remarkOn } from '../state/form-problem.ts';
import { type FormRow, formRows, isHash, sourceOf } from '../state/form-rows.ts';
import type { Model } from '../state/model.ts';
import type { NewForm } from '../state/new-form.ts';
import { padEnd, type Span, span } from '../styled-text.ts';

const labelWidth = 9;
/** The pointer and the label. */
export const fieldStart = labelWidth + 1;

const sources: Readonly<Record<string, string>> = {
  typed: 'typed or pasted',
  password: 'password, made',
  words: 'words, made',
  hex: 'random bytes in hex',
  base64: 'random bytes in base64',
  base64url: 'random bytes in base64url',
  uuid: 'UUID, made',
  'ssh-ed25519': 'ssh-ed25519 key, made',
  'ssh-rsa': 'ssh-rsa key, made',
  age: 'age identity, made',
  wireguard: 'WireGuard key, made',
  bcrypt: 'bcrypt of a password',
  htpasswd: 'htpasswd line',
  'sha512-crypt': 'sha512-crypt of a password',
};

const separators: Readonly<Record<string, string>> = { '-': 'dash', '.': 'dot', ' ': 'blank', '': 'nothing' };

/** One line of the form, in so many cells. */
export function formLine(
  model: Model,
  pen: Pen,
  form: NewForm,
  row: FormRow,
  isHere: boolean,
  width: number,
): Span[] {
  const pointer = span(isHere ? pen.glyphs.pointer : ' ');
  if (row.kind === 'reader') {
    const reader = form.readers[row.index];
    if (!reader) return [pointer];
    const label = row.index === 0 ? 'readers' : '';
    const box = reader.isChosen ? '[x] ' : '[ ] ';
    const about = `  ${reader.kind === 'group' ? `${counted(reader.keys.length, 'key')}, ` : ''}${counted(reader.uses, 'rule')}`;
    const longest = Math.max(...form.readers.map(({ name }) => textWidth(pen.show(name))));
    const room = Math.min(longest, Math.max(8, width - fieldStart - box.length - about.length));
    return [
      pointer,
      span(padEnd(label, labelWidth), 'quiet'),
      span(box, reader.isChosen ? 'key' : 'plain'),
      span(padEnd(pen.end(pen.show(reader.name), room), room), reader.isChosen ? 'title' : 'plain'),
      span(about, 'quiet'),
    ];
  }
  const text = form.fields[row.field];
  const label = span(padEnd(row.label, labelWidth), 'quiet');
  if (row.kind === 'choice') {
    const shown =
      row.field === 'value'
        ? (sources[text] ?? text)
        : row.field === 'separator'
          ? (separators[text] ?? text)
          : text;
    const { left, right } = arrows(pen);
    return [pointer, label, span(`${left} `, 'quiet'), span(shown), span(` ${right}`, 'quiet')];
  }
  const isWrong = remarkOn(model, form, row.field)?.level === 'problem';
  const room = Math.max(1, width - fieldStart - 2);
  const end = isHere ? [span(pen.glyphs.caret)] : [];
  const shown = truncateStart(pen.show(text), room, pen.glyphs.ellipsis);
  return [pointer, label, span(shown, isWrong && !isHere ? 'warning' : 'plain'), ...end];
}

const arrows = ({ glyphs }: Pen): { readonly left: string; readonly right: string } =>
  isAscii(glyphs) ? { left: '<', right: '>' } : { left: '‹', right: '›' };

/** Where the cursor of the terminal is in a line. */
export function formColumn(pen: Pen, form: NewForm, row: FormRow | undefined, width: number): number {
  if (row?.kind !== 'text') return 0;
  const shown = truncateStart(
    pen.show(form.fields[row.field]),
    Math.max(1, width - fieldStart - 2),
    pen.glyphs.ellipsis,
  );
  return fieldStart + textWidth(shown);
}

/** What is to be said of the line with the cursor, and of all that was chosen. */
export function formRemarks(model: Model, pen: Pen, form: NewForm): readonly Span[][] {
  const row = formRows(form)[form.cursor];
  const remark = row?.kind === 'text' ? remarkOn(model, form, row.field) : null;
  const first: Span[] = remark
    ? [span(pen.legible(`! ${remark.says}`), 'warning')]
    : [span(pen.legible(hintOn(form, row)), 'quiet')];
  return [first, readersLine(model, form)];
}

function hintOn(form: NewForm, row: FormRow | undefined): string {
  if (row?.kind === 'reader') return 'space chooses; first those who read the one selected';
  if (row?.kind === 'text') return row.field === 'name' ? 'enter goes on' : '';
  const kind = sourceOf(form);
  if (kind === 'typed') return 'enter opens the editor for it';
  if (isHash(kind)) return form.fields.password === 'typed' ? 'enter asks for the password' : '';
  const bits = strengthOf({ kind, alphabet: form.fields.alphabet, length: Number(form.fields.length) });
  return bits === null ? 'made at the end, its public half beside it' : `${Math.floor(bits)} bits of choice`;
}

function readersLine(model: Model, form: NewForm): Span[] {
  const { target, readers } = form;
  if (target.kind === 'key') return [span('the other values stay as they are', 'quiet')];
  if (target.kind === 'rule') return [span('for those whom its rule names', 'quiet')];
  const chosen = readers.filter(({ isChosen }) => isChosen).length;
  if (chosen === 0) return [span('! nobody is chosen to read it', 'warning')];
  if (isLockOut(model, form)) return [span('! no key found here would open it', 'warning')];
  const keys = counted(keysChosen(form).length, 'key');
  return [span(`${chosen} of ${counted(readers.length, 'reader')} chosen: ${keys}`, 'quiet')];
}
