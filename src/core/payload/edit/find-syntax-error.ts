import type { PayloadKind } from '../../payload.ts';
import { dotenvError } from '../dotenv-payload.ts';
import { plainText } from '../parse-payload.ts';
import { jsonError } from './json-error.ts';
import { yamlError } from './yaml-error.ts';

/** Where a text stops being what it should be; both count from 1. */
export interface SyntaxPlace {
  readonly line: number;
  readonly column: number;
}

/**
 * The first place where a text is no JSON, YAML or dotenv, or `null` when it is. Says nothing of other kinds, which
 * have no syntax to break.
 */
export async function findSyntaxError(kind: PayloadKind, text: string): Promise<SyntaxPlace | null> {
  const plain = plainText(text);
  const at = await offsetOf(kind, plain);
  if (at === null) return null;
  const before = plain.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: [...before.slice(lineStart)].length + 1 };
}

async function offsetOf(kind: PayloadKind, plain: string): Promise<number | null> {
  if (kind === 'json') return jsonError(plain);
  if (kind === 'yaml') return yamlError(plain);
  return kind === 'dotenv' ? dotenvError(plain) : null;
}
