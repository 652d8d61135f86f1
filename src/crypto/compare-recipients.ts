import type { Comparison, ExtraReader } from '../core/comparison.ts';
import type { Recipient, RecipientId } from '../core/recipient.ts';
import type { Stanza } from '../core/stanza.ts';
import { tagTestOf } from './tags.ts';

/** Recipients of one anonymous kind: their stanzas can be counted and never attributed. */
interface AnonymousKind {
  readonly stanzaType: string;
  readonly declared: readonly RecipientId[];
  readonly found: number;
}

const extraOf = (stanza: Stanza): ExtraReader => {
  const tag = stanza.args[0];
  return tag === undefined ? { kind: stanza.type } : { kind: stanza.type, tag };
};

const isSsh = (stanza: Stanza): boolean => stanza.type === 'ssh-ed25519' || stanza.type === 'ssh-rsa';
const isHardware = (stanza: Stanza): boolean =>
  ['piv-p256', 'tpm-ecc', 'p256tag', 'mlkem768p256tag', 'fido2-hmac'].includes(stanza.type);

const distinct = (recipients: readonly Recipient[]): readonly Recipient[] => [
  ...new Map(recipients.map((recipient) => [recipient.id, recipient])).values(),
];

/**
 * Compares the keys that rules declare with the stanzas of a header, grease already left out. Needs no private key
 * and never guesses: a stanza that fits two declared keys proves neither, X25519 and hybrid stanzas are only counted,
 * and a plugin whose stanzas are not known may have made anything that is not tagged otherwise.
 */
export function compareRecipients(declared: readonly Recipient[], stanzas: readonly Stanza[]): Comparison {
  const hasPassphrase = stanzas.some((stanza) => stanza.type === 'scrypt');
  const stanzaTypes = [...new Set(stanzas.map((stanza) => stanza.type))];
  if (hasPassphrase && stanzas.length > 1) return { ...invalid, stanzaTypes };
  const recipients = distinct(declared);
  const tagged = compareTagged(recipients, stanzas);
  const kinds: readonly AnonymousKind[] = [
    anonymousKind('X25519', 'x25519', recipients, stanzas),
    anonymousKind('mlkem768x25519', 'hybrid', recipients, stanzas),
  ];
  // Text that age cannot encrypt to is treated like a plugin: another tool may have known what to do with it.
  const opaque = recipients.filter((r) => !isAnonymous(r) && tagTestOf(r) === null).map((r) => r.id);
  const rest = compareRest(tagged.unattributed, kinds, opaque, hasPassphrase);
  const missing = [...tagged.missing, ...rest.missing];
  const extra = [...tagged.extra, ...rest.extra];
  const unknown = tagged.ambiguous + rest.unknown;
  const drift = extra.length > 0 || missing.length > 0 || rest.missingAmong.count > 0;
  const proved = unknown === 0 && opaque.length === 0;
  return {
    verdict: drift ? 'drift' : proved ? 'match' : 'unknown',
    matched: tagged.matched,
    extra,
    missing,
    missingAmong: rest.missingAmong,
    unknown,
    stanzaTypes,
  };
}

const invalid: Omit<Comparison, 'stanzaTypes'> = {
  verdict: 'invalid',
  matched: [],
  extra: [],
  missing: [],
  missingAmong: { count: 0, of: [] },
  unknown: 0,
};

const isAnonymous = (recipient: Recipient): boolean =>
  recipient.kind === 'x25519' || recipient.kind === 'hybrid';

function anonymousKind(
  stanzaType: string,
  kind: 'x25519' | 'hybrid',
  recipients: readonly Recipient[],
  stanzas: readonly Stanza[],
): AnonymousKind {
  return {
    stanzaType,
    declared: recipients.filter((recipient) => recipient.kind === kind).map((recipient) => recipient.id),
    found: stanzas.filter((stanza) => stanza.type === stanzaType).length,
  };
}

function compareTagged(recipients: readonly Recipient[], stanzas: readonly Stanza[]) {
  // Made once each: a test hashes its key, and every stanza is put to all of them.
  const tests = recipients.map((recipient) => ({ id: recipient.id, fits: tagTestOf(recipient) }));
  const matched = new Set<RecipientId>();
  const perhaps = new Set<RecipientId>();
  const extra: ExtraReader[] = [];
  const unattributed: Stanza[] = [];
  let ambiguous = 0;
  for (const stanza of stanzas) {
    const fitting = tests.filter(({ fits }) => fits?.(stanza) === true);
    const [only] = fitting;
    if (fitting.length > 1) {
      ambiguous++;
      for (const { id } of fitting) perhaps.add(id);
    } else if (only !== undefined) matched.add(only.id);
    else if (isSsh(stanza)) extra.push(extraOf(stanza));
    else unattributed.push(stanza);
  }
  const missing = tests
    .filter(({ fits }) => fits !== null)
    .map(({ id }) => id)
    .filter((id) => !matched.has(id) && !perhaps.has(id));
  return { matched: [...matched], missing, extra, unattributed, ambiguous };
}

/** What is left: counted kinds, hardware tags that fit nobody, types that are not known, a lone passphrase. */
function compareRest(
  stanzas: readonly Stanza[],
  kinds: readonly AnonymousKind[],
  opaque: readonly RecipientId[],
  hasPassphrase: boolean,
) {
  const extra: ExtraReader[] = [];
  let unknown = 0;
  const surplus = new Map(kinds.map((kind) => [kind.stanzaType, kind.found - kind.declared.length]));
  for (const stanza of stanzas) {
    const left = surplus.get(stanza.type);
    const isSurplus = left !== undefined && left > 0;
    if (isSurplus) surplus.set(stanza.type, left - 1);
    const nobodyDeclaredMadeIt = opaque.length === 0 && (isSurplus || isHardware(stanza));
    if (stanza.type === 'scrypt') extra.push({ kind: 'scrypt' });
    else if (!nobodyDeclaredMadeIt) unknown++;
    else extra.push(isSurplus ? { kind: stanza.type } : extraOf(stanza));
  }

  const absent = kinds.filter((kind) => kind.found === 0);
  const short = kinds.filter((kind) => kind.found > 0 && kind.found < kind.declared.length);
  const shortage = short.reduce((sum, kind) => sum + kind.declared.length - kind.found, 0);
  const missing = absent.flatMap((kind) => kind.declared);
  const nothingLeft = stanzas.length === 0 || hasPassphrase;
  if (nothingLeft) missing.push(...opaque);
  // Every opaque recipient wrote at least one stanza, so too few stanzas for everybody is a proof as well.
  const present = kinds.filter((kind) => kind.found > 0).flatMap((kind) => kind.declared);
  const wanted = nothingLeft ? present.length : present.length + opaque.length;
  const among = Math.max(shortage, nothingLeft ? 0 : wanted - stanzas.length);
  const candidates = among > shortage ? [...present, ...opaque] : short.flatMap((kind) => kind.declared);
  return { extra, missing, missingAmong: { count: among, of: among > 0 ? candidates : [] }, unknown };
}
