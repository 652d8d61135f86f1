import { parseSshLine } from './public-key.ts';
import { whyNoReader } from './why-no-reader.ts';

export interface SshLineFields {
  readonly type: string;
  /** Base64 of the wire form. */
  readonly key: string;
  readonly comment: string;
  readonly hosts: readonly string[];
}

/** What `authorized_keys` allows before a key (sshd(8)); anything else there names hosts. */
const options =
  /^(?:(?:no-)?(?:agent-forwarding|port-forwarding|pty|user-rc|x11-forwarding)|no-touch-required|verify-required|restrict|cert-authority|(?:command|environment|expiry-time|from|permitlisten|permitopen|principals|tunnel)=)/i;

const keyType = /^(?:ssh-|sk-|ecdsa-)[a-z0-9@.-]+$/;

/**
 * The parts of a `.pub`, `known_hosts` or `authorized_keys` line; `null` where it is none of them. The first word that is
 * a type with a fitting key behind it counts: a quoted option may hold anything.
 */
export function fieldsOfLine(line: string): SshLineFields | { readonly refused: string } | null {
  const words = wordsOf(line);
  const at = words.findIndex(({ text }) => keyType.test(text));
  const type = words[at];
  if (type === undefined) return null;
  const fields = parseSshLine(line.slice(type.start));
  if (fields === null)
    return { refused: whyNoReader(type.text) ?? `the ${type.text} key is cut or mistyped` };
  const before = words.slice(0, at).map(({ text }) => text);
  if (before[0] === '@revoked') return { refused: 'the key is marked as revoked' };
  if (before[0] === '@cert-authority') return { refused: 'the key signs certificates and is no host’s own' };
  if (before.length > 1) return null;
  const [prefix = ''] = before;
  const isOptions = options.test(prefix);
  const hosts = isOptions || prefix.startsWith('|') ? [] : prefix.split(',').flatMap(hostOf);
  const key = fields.blob.toString('base64');
  return { type: fields.type, key, comment: fields.comment, hosts };
}

/** `[web1.example.org]:2222` is the host of that name; patterns are nobody. */
function hostOf(written: string): readonly string[] {
  const host = /^\[(.+)\]:\d+$/.exec(written)?.[1] ?? written;
  return host === '' || /[*?!]/.test(host) ? [] : [host];
}

/** Cut at blanks that are in no quotes, as sshd does. */
function wordsOf(line: string): readonly { readonly text: string; readonly start: number }[] {
  const words: { text: string; start: number }[] = [];
  for (const match of line.matchAll(/(?:"(?:\\.|[^"\\])*"|[^\s"]|"(?=[^"]*$))+/g))
    words.push({ text: match[0], start: match.index });
  return words;
}
