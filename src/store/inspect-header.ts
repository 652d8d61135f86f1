import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { HeaderInfo } from '../core/stanza.ts';
import { parseHeader } from '../crypto/parse-header.ts';
import type { Jail } from './jail.ts';
import type { KeptFiles } from './kept-files.ts';
import { recogniseForeign } from './recognise-foreign.ts';

export interface InspectedFile {
  readonly header: Outcome<HeaderInfo>;
  /** Size of the whole file in bytes. */
  readonly size: number;
}

/** Holds the header of nearly every real file: 19 ssh-ed25519 readers take 2.3 kB. */
const firstRead = 4 * 1024;
/** A header of 1 MiB, the most that is accepted, in base64 with line breaks, and the armor's first line. */
const longestHeader = 1_500_000;
/** Nonce and the tag of an empty last chunk (C2SP age.md, "Payload"). */
const shortestPayload = 16 + 16;

const withoutBodies = { bodies: false };

const armorEnd = '-----END AGE ENCRYPTED FILE-----';

/**
 * The header of an age file without the bodies of its stanzas, from as few bytes as hold it, and whether the payload can be all there. Outer failure:
 * the file cannot be read (`not-found`, `refused`, `io`); inner: it is no whole age file (`damaged`, `unsupported`).
 * A file that was read whole for it is kept.
 */
export function inspectHeader(jail: Jail, kept: KeptFiles, path: string): Outcome<InspectedFile> {
  const start = jail.readStart(path, firstRead);
  if (!start.ok) return start;
  const { bytes, size, stamp } = start.value;
  kept.keep(path, bytes, stamp);
  if (size === 0) return ok({ size, header: fail('damaged', 'the file is empty', { where: path }) });
  const foreign = recogniseForeign(bytes, path);
  if (foreign !== null) return ok({ size, header: foreign });
  const header = parseHeader(bytes, withoutBodies);
  if (header.ok) return ok({ size, header: isWhole(jail, path, header.value, bytes, size) });
  if (size <= bytes.length || !mayBeAge(bytes)) return ok({ size, header });
  const more = jail.readStart(path, longestHeader);
  if (!more.ok) return more;
  const longer = parseHeader(more.value.bytes, withoutBodies);
  return ok({ size, header: longer.ok ? isWhole(jail, path, longer.value, more.value.bytes, size) : longer });
}

function isWhole(
  jail: Jail,
  path: string,
  header: HeaderInfo,
  bytes: Uint8Array,
  size: number,
): Outcome<HeaderInfo> {
  if (!header.armored) {
    if (size >= header.headerLength + shortestPayload) return ok(header);
    return fail('damaged', 'truncated: the payload is missing or cut short', { where: path });
  }
  const end = size <= bytes.length ? ok(bytes.subarray(-100)) : jail.readEnd(path, 100);
  if (!end.ok) return end;
  const text = Buffer.from(end.value).toString('latin1').trimEnd();
  return text.endsWith(armorEnd)
    ? ok(header)
    : fail('damaged', 'truncated: the last line of the armor is missing', { where: path });
}

/** Any start that the header parser could still accept with more bytes. */
function mayBeAge(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.subarray(0, 64)).toString('latin1').trimStart();
  return text.startsWith('age-encryption.org/') || text.startsWith('-----BEGIN AGE');
}
