import { type HashKind, hashKinds, type ValueKind, valueKinds } from '../../app/usecases/value-kinds.ts';
import { alphabets } from '../../crypto/generate/alphabets.ts';
import { rsaLengths } from '../../crypto/generate/rsa-lengths.ts';
import type { FormField, NewForm } from './new-form.ts';

/** A line of the form. */
export type FormRow =
  | { readonly kind: 'text'; readonly field: FormField; readonly label: string }
  | {
      readonly kind: 'choice';
      readonly field: FormField;
      readonly label: string;
      readonly choices: readonly string[];
    }
  | { readonly kind: 'reader'; readonly index: number };

const inStructure: readonly ValueKind[] = ['password', 'words', 'hex', 'base64', 'base64url', 'uuid'];

const alphabetNames = Object.keys(alphabets);

/** `typed`, or what is to be generated. */
export const sourceOf = ({ fields }: NewForm): ValueKind | 'typed' =>
  valueKinds.find((kind) => kind === fields.value) ?? 'typed';

export const isHash = (kind: string): kind is HashKind => hashKinds.some((one) => one === kind);

/** Whether somebody has to type, or paste, the value or the password of a hash. */
export const isTyped = (form: NewForm): boolean =>
  form.fields.value === 'typed' || (isHash(form.fields.value) && form.fields.password === 'typed');

/** The lines of a form, as they are for what was chosen so far. */
export function formRows(form: NewForm): readonly FormRow[] {
  const { target, readers } = form;
  const name: readonly FormRow[] =
    target.kind === 'rule'
      ? []
      : [{ kind: 'text', field: 'name', label: target.kind === 'key' ? 'key' : 'path' }];
  const kinds = target.kind === 'key' ? [...inStructure, ...hashKinds] : valueKinds;
  const value: FormRow = { kind: 'choice', field: 'value', label: 'value', choices: ['typed', ...kinds] };
  return [
    ...name,
    value,
    ...optionRows(form),
    ...readers.map((_, index) => ({ kind: 'reader', index }) as const),
  ];
}

function optionRows(form: NewForm): readonly FormRow[] {
  const kind = sourceOf(form);
  const length = (label: string): FormRow => ({ kind: 'text', field: 'length', label });
  const alphabet: FormRow = { kind: 'choice', field: 'alphabet', label: 'letters', choices: alphabetNames };
  const comment: FormRow = { kind: 'text', field: 'comment', label: 'comment' };
  const lengths = rsaLengths.map(String);
  switch (kind) {
    case 'password':
      return [length('length'), alphabet];
    case 'words':
      return [
        length('words'),
        { kind: 'choice', field: 'separator', label: 'between', choices: ['-', '.', ' ', ''] },
      ];
    case 'hex':
    case 'base64':
    case 'base64url':
      return [length('bytes')];
    case 'ssh-ed25519':
      return [comment];
    case 'ssh-rsa':
      return [{ kind: 'choice', field: 'length', label: 'bits', choices: lengths }, comment];
    case 'htpasswd':
      return [{ kind: 'text', field: 'user', label: 'user' }, ...passwordRows(form)];
    case 'bcrypt':
    case 'sha512-crypt':
      return passwordRows(form);
    default:
      return [];
  }
}

/** A made password is worth nothing unless it is kept; a rule or a key has no place for a second secret. */
function passwordRows({ target, fields }: NewForm): readonly FormRow[] {
  if (target.kind !== 'secret') return [];
  const password: FormRow = {
    kind: 'choice',
    field: 'password',
    label: 'password',
    choices: ['typed', 'made'],
  };
  if (fields.password === 'typed') return [password];
  return [
    password,
    { kind: 'text', field: 'keptIn', label: 'kept in' },
    { kind: 'text', field: 'length', label: 'length' },
    { kind: 'choice', field: 'alphabet', label: 'letters', choices: alphabetNames },
  ];
}
