import type { Payload, PayloadKind } from '../payload.ts';
import { decodeUtf8 } from '../utf8.ts';
import { readDotenv } from './dotenv-payload.ts';
import { readIni } from './ini-payload.ts';
import { readJson } from './json-payload.ts';
import { readKeyValue } from './key-value-payload.ts';
import { mayHaveEntries } from './may-have-entries.ts';
import { readPem } from './pem-payload.ts';
import { distinctPaths, entryLimit, type ReadEntries, type TextEntry } from './text-entry.ts';
import { readYaml } from './yaml-payload.ts';

/** Larger payloads are data: shown as text or bytes, not taken apart. */
const structuredLimit = 1024 * 1024;

const formats: readonly (readonly [
  PayloadKind,
  ReadEntries | ((text: string) => Promise<readonly TextEntry[] | null>),
])[] = [
  ['json', readJson],
  ['pem', readPem],
  ['ini', readIni],
  ['dotenv', readDotenv],
  ['yaml', readYaml],
  ['key-value', readKeyValue],
];

/**
 * What a decrypted secret is. Never fails: what no format claims is text, and what is not UTF-8 or holds a NUL is
 * binary. The formats are tried from the strictest to the loosest and each must explain the whole payload; a bare
 * password, whatever characters it has, must come out as text, so every format states in its own file what evidence
 * it asks for. Asynchronous because the yaml library is loaded only for text that looks like YAML.
 *
 * The entries' bytes are copies for the caller to wipe. The text they were read from is a JavaScript string, which
 * nobody can wipe; it is unreachable when this returns.
 */
export async function parsePayload(bytes: Uint8Array): Promise<Payload> {
  const shape = { finalNewline: bytes.at(-1) === 0x0a, lines: countLines(bytes) };
  const text = bytes.includes(0) ? null : decodeUtf8(bytes);
  if (text === null) return { kind: 'binary', entries: [], ...shape };
  if (bytes.length <= structuredLimit) {
    const plain = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
    for (const [kind, read] of mayHaveEntries(plain) ? formats : []) {
      const reading = read(plain);
      // Waiting for what is there already would cost more than all the formats together.
      const entries = reading instanceof Promise ? await reading : reading;
      if (entries === null || entries.length > entryLimit) continue;
      const encoder = new TextEncoder();
      return {
        kind,
        entries: distinctPaths(entries).map(({ path, text: value }) => ({
          path,
          value: encoder.encode(value),
        })),
        ...shape,
      };
    }
  }
  return { kind: 'text', entries: [], ...shape };
}

/** As an editor counts: a newline at the very end opens no further line. */
function countLines(bytes: Uint8Array): number {
  let newlines = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) newlines += 1;
  return newlines + (bytes.length > 0 && bytes.at(-1) !== 0x0a ? 1 : 0);
}
