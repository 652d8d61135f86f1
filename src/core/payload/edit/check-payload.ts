import type { PayloadKind } from '../../payload.ts';
import { decodeUtf8 } from '../../utf8.ts';
import type { Fault } from '../assignment.ts';
import { openQuote, scanDotenv } from '../dotenv-payload.ts';
import { scanIni } from '../ini-payload.ts';
import { parseJsonTree } from '../json-tree.ts';
import { scanKeyValue } from '../key-value-payload.ts';
import { scanPem } from '../pem-payload.ts';
import { plainText } from './plain-text.ts';
import { positionAt, type TextPosition } from './text-position.ts';
import { yamlFault } from './yaml-fault.ts';

/** What keeps bytes from being what they are meant to be, and where. `says` never quotes them. */
export interface PayloadProblem extends TextPosition {
  readonly says: string;
}

/**
 * Whether bytes are sound in the format they are meant to have, for a look before they are saved. Judges the syntax
 * only: a single `A=1` is sound dotenv, though nothing tells it from text. Text and binary are always sound.
 */
export async function checkPayload(bytes: Uint8Array, kind: PayloadKind): Promise<PayloadProblem | null> {
  if (kind === 'text' || kind === 'binary') return null;
  const original = bytes.includes(0) ? null : decodeUtf8(bytes);
  if (original === null) return { says: `not text, so no ${kind}`, line: 1, column: 1 };
  const { text } = plainText(original);
  const fault = await faultIn(text, kind);
  return fault === null ? null : { says: fault.says, ...positionAt(text, fault.at) };
}

async function faultIn(text: string, kind: Exclude<PayloadKind, 'text' | 'binary'>): Promise<Fault | null> {
  switch (kind) {
    case 'json':
      return faultOf(parseJsonTree(text));
    case 'yaml':
      return yamlFault(text);
    case 'dotenv': {
      const scan = scanDotenv(text);
      return 'fault' in scan ? scan.fault : openQuote(text, scan.assignments);
    }
    case 'ini':
      return faultOf(scanIni(text));
    case 'key-value':
      return faultOf(scanKeyValue(text));
    case 'pem':
      return faultOf(scanPem(text));
  }
}

const faultOf = (scan: object | { readonly fault: Fault }): Fault | null =>
  'fault' in scan ? scan.fault : null;
