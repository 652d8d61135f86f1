import type { Comparison, ExtraReader } from '../../../core/comparison.ts';
import type { Recipient, RecipientId } from '../../../core/recipient.ts';
import type { Stanza } from '../../../core/stanza.ts';
import { compareRecipients } from '../../../crypto/compare-recipients.ts';
import { sshTag } from '../../../crypto/tags.ts';

/** Fills in which known key an undeclared reader is: "the old laptop still reads this". */
export type NameExtras = (comparison: Comparison, stanzas: readonly Stanza[]) => Comparison;

/** Tests of hidden hardware tags that one repository gets; each costs a hash for each hardware key it knows. */
const maxHardwareTests = 2_000;

/** Knows all keys of a repository by the tags they leave on files. */
export function extraNamer(recipients: readonly Recipient[]): NameExtras {
  const hardware = recipients.filter(({ kind }) => kind === 'tag' || kind === 'tagpq' || kind === 'plugin');
  let sshKeys: ReadonlyMap<string, RecipientId | null> | undefined;
  let tests = 0;
  const find = ({ kind, tag }: ExtraReader, stanzas: readonly Stanza[]): RecipientId | null => {
    if (kind === 'ssh-ed25519' || kind === 'ssh-rsa') {
      sshKeys ??= indexSshTags(recipients);
      return sshKeys.get(`${kind} ${tag}`) ?? null;
    }
    const stanza = stanzas.find(({ type, args }) => type === kind && args[0] === tag);
    if (stanza === undefined || hardware.length === 0 || tests >= maxHardwareTests) return null;
    tests += hardware.length;
    const [only, ...others] = compareRecipients(hardware, [stanza]).matched;
    return only === undefined || others.length > 0 ? null : only;
  };
  return (comparison, stanzas) => {
    if (comparison.extra.length === 0) return comparison;
    const extra = comparison.extra.map((reader) => {
      const recipient = reader.tag === undefined ? null : find(reader, stanzas);
      return recipient === null ? reader : { ...reader, recipient };
    });
    return { ...comparison, extra };
  };
}

/** `null` for a tag that two keys share: then nobody can say which it is. */
function indexSshTags(recipients: readonly Recipient[]): ReadonlyMap<string, RecipientId | null> {
  const tags = new Map<string, RecipientId | null>();
  for (const { id, kind } of recipients) {
    if (kind !== 'ssh-ed25519' && kind !== 'ssh-rsa') continue;
    const tag = `${kind} ${sshTag(Buffer.from(id.slice(kind.length + 1), 'base64'))}`;
    tags.set(tag, tags.has(tag) ? null : id);
  }
  return tags;
}
