import { basename, dirname } from 'node:path/posix';
import { type Outcome, ok } from '../../core/outcome.ts';
import type { PastKey } from '../../core/past-key.ts';
import type { RecipientId } from '../../core/recipient.ts';
import { parseRecipient } from '../../crypto/parse-recipient.ts';
import { isGenericName, tellingName } from '../nix/telling-name.ts';
import { type PatchLine, patchFormat, readPatches } from './read-patches.ts';
import { withObjects } from './with-objects.ts';

export interface PastKeys {
  /** Each key once: where it was removed last, else where it was added last. */
  readonly keys: readonly PastKey[];
  readonly isShallow: boolean;
}

/** Nobody has so many; a hostile history might. */
const mostKeys = 50_000;
const keyText = /ssh-(?:ed25519|rsa) AAAA[A-Za-z0-9+/=]+(?: [^"'\s;]+)?|\bage1[a-z0-9]{6,4000}\b/g;

const log = [
  'log',
  ...[
    '-p',
    '-U0',
    '--text',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--no-color',
    '--no-show-signature',
  ],
  ...['-G', '(ssh-(ed25519|rsa) AAAA|age1[a-z0-9])', `--format=${patchFormat}`],
];

/**
 * The public keys that rules files and `.pub` files ever held, as seen from HEAD; `null` without git or before the
 * first commit. Runs git once over the objects alone (`withSafeGit`), for 20 seconds and 64 MB at most.
 * Errors: those of `withSafeGit`.
 *
 * @param rulesFrom where the rules are today: what was removed there counts more than what was removed elsewhere
 */
export const pastKeys = (
  root: string,
  rulesFrom: ReadonlySet<string>,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<Outcome<PastKeys | null>> =>
  withObjects(root, env, signal, async ({ run, head, isShallow }) => {
    const printed = await run([...log, head, '--', '*.nix', '*.pub'], {
      env: { GIT_LITERAL_PATHSPECS: undefined },
    });
    if (!printed.ok) return printed;
    return ok({ keys: keysOf(printed.value.toString('utf8'), rulesFrom), isShallow });
  });

/** What one commit did with one key. */
interface Event extends Omit<PastKey, 'recipient'> {
  readonly rank: number;
}

function keysOf(printed: string, rulesFrom: ReadonlySet<string>): readonly PastKey[] {
  const best = new Map<RecipientId, Event>();
  const recipients = new Map<RecipientId, PastKey['recipient']>();
  for (const commit of byCommit(printed)) {
    for (const [text, lines] of keysIn(commit)) {
      const recipient = parseRecipient(text);
      const before = best.get(recipient.id);
      if (recipient.kind === 'unsupported' || (before === undefined && best.size >= mostKeys)) continue;
      const event = eventOf(recipient, lines, rulesFrom);
      // The newest commit comes first.
      const isBetter = before === undefined || (event.did === 'removed' && event.rank > before.rank);
      const [kept, other] = isBetter ? [event, before] : [before, event];
      best.set(recipient.id, { ...kept, name: kept.name ?? other?.name ?? null });
      recipients.set(recipient.id, { ...recipient, names: [] });
    }
  }
  return [...best].flatMap(([id, { rank: _, ...event }]) => {
    const recipient = recipients.get(id);
    return recipient === undefined ? [] : [{ recipient, ...event }];
  });
}

function* byCommit(printed: string): Generator<readonly PatchLine[]> {
  let lines: PatchLine[] = [];
  for (const line of readPatches(printed)) {
    if (lines[0] !== undefined && lines[0].commit !== line.commit) {
      yield lines;
      lines = [];
    }
    if (line.text.includes('ssh-') || line.text.includes('age1')) lines.push(line);
  }
  if (lines.length > 0) yield lines;
}

/** By key without its comment. */
function keysIn(
  lines: readonly PatchLine[],
): ReadonlyMap<string, readonly (PatchLine & { readonly key: string })[]> {
  const found = new Map<string, (PatchLine & { readonly key: string })[]>();
  for (const line of lines) {
    for (const [key] of line.text.matchAll(keyText)) {
      const bare = key.split(' ').slice(0, 2).join(' ');
      const same = found.get(bare) ?? [];
      same.push({ ...line, key });
      found.set(bare, same);
    }
  }
  return found;
}

function eventOf(
  recipient: PastKey['recipient'],
  lines: readonly (PatchLine & { readonly key: string })[],
  rulesFrom: ReadonlySet<string>,
): Event {
  const removed = lines.filter(({ did }) => did === 'removed');
  const added = lines.filter(({ did }) => did === 'added');
  const isRule = ({ file }: PatchLine): boolean =>
    rulesFrom.has(file) || /(^|\/)secrets\.nix$|\.pub$/.test(file);
  // What a commit takes away and brings again, in whichever file, is still there.
  const gone = added.length > 0 ? [] : removed;
  const line = gone.find(isRule) ?? gone[0] ?? added.find(isRule) ?? added[0] ?? lines[0];
  const { file = '', commit = '', when = Number.NaN } = line ?? {};
  const did = gone.length > 0 ? 'removed' : 'added';
  const name = lines.map(nameIn).find((text) => text !== null) ?? recipient.names[0]?.text ?? null;
  const ofRules = line !== undefined && isRule(line);
  // What was brought into the rules last is there now, whatever was before.
  const rank = did === 'added' ? (ofRules ? 3 : 0) : ofRules ? 2 : 1;
  return { name, file, commit, when, did, rank };
}

const binding = /([A-Za-z_][\w'-]*(?:\.(?:[\w'-]+|"[^"]*"))*|"[^"]*")\s*=\s*[[("]*\s*"?$/;

/** What the key is bound to on its line or the one above it, the name of its `.pub` file, or its comment. */
function nameIn({ text, before, key, file }: PatchLine & { readonly key: string }): string | null {
  if (file.endsWith('.pub')) {
    const stem = basename(file, '.pub');
    return isGenericName(stem) || /^(ssh_host_|id_)/.test(stem) ? basename(dirname(file)) : stem;
  }
  const own = text.slice(0, text.indexOf(key)).trimEnd();
  const [, path] =
    binding.exec(own) ?? (/^\s*"?$/.test(own) ? binding.exec((before ?? '').trimEnd()) : null) ?? [];
  const name =
    path === undefined ? null : tellingName(path.split('.').map((part) => part.replaceAll('"', '')));
  const isRule = name === 'publicKeys' || name?.endsWith('.age') || name === 'age';
  if (name !== null && name !== '' && !isRule) return name;
  return key.split(' ')[2] ?? null;
}
