import type { PayloadKind } from '../../core/payload.ts';

/** What a value is called while an editor has it: it tells the format, and nothing of the secret. */
export const valueFileName = (kind: PayloadKind, base = 'value'): string => `${base}.${extensions[kind]}`;

const extensions: Readonly<Record<PayloadKind, string>> = {
  dotenv: 'env',
  json: 'json',
  yaml: 'yaml',
  ini: 'ini',
  pem: 'pem',
  'key-value': 'txt',
  text: 'txt',
  binary: 'bin',
};
