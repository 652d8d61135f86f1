import type { CellState } from '../../core/cell-state.ts';
import type { ExtraReader } from '../../core/comparison.ts';
import { counted } from '../../core/counted.ts';
import { type FormerReaders, formerOf } from '../../core/former-readers.ts';
import { unnamedReaders } from '../../core/matrix.ts';
import { dayOf, sayPast } from '../../core/past-key.ts';
import type { RecipientId, SourcePosition } from '../../core/recipient.ts';
import type { Reader } from '../../core/repository.ts';
import { show } from '../../core/safe-text.ts';
import type { Secret } from '../../core/secret.ts';
import { sshTag } from '../../crypto/tags.ts';
import type { MatrixColumn } from './matrix-table.ts';

/** Whom the history knows; `null` until it was asked. */
type Former = FormerReaders | 'unknown' | null;

/** Why a cell is as it is: what declares it, what proves it, or why it cannot be known. Went through `show()`. */
export function explainCell(secret: Secret, column: MatrixColumn, state: CellState, former: Former): string {
  const { reader } = column;
  if (reader === null) return explainUnnamed(secret, former);
  switch (state) {
    case 'proven':
      return `reads: declared ${declaredBy(secret, reader)}; proved by ${proofOf(secret, reader)}`;
    case 'counted':
      return `declared ${declaredBy(secret, reader)}; ${whyOnlyCounted(secret, reader)}`;
    case 'missing':
      return `cannot read: declared ${declaredBy(secret, reader)}, and not on the file until it is encrypted again`;
    case 'absent':
      return `declared ${declaredBy(secret, reader)}; there is no file yet`;
    case 'extra':
      return `reads, and ${rulePlace(secret)} does not declare it: ${proofOf(secret, reader)} is on the file until it is encrypted again`;
    case 'unruled':
      return `reads: ${proofOf(secret, reader)} is on the file; ${whyNoRule(secret)}`;
    case 'undecidable':
      return whyUndecidable(secret);
    case 'none':
      return secret.rule
        ? `does not read: ${rulePlace(secret)} does not declare it, and it is not on the file`
        : `does not read: not on the file; ${whyNoRule(secret)}`;
  }
}

function explainUnnamed(secret: Secret, former: Former): string {
  const unnamed = unnamedReaders(secret);
  if (unnamed.length === 0) return 'every reader on the file that can be told apart has a name here';
  const [read, which] = unnamed.length === 1 ? ['reads', 'it is'] : ['read', 'they are'];
  const all = unnamed.map((extra) => show(whoItWas(extra, former)));
  const asked = former === null ? '; the history is being looked through' : '';
  return `${counted(unnamed.length, 'reader')} that no rule and no key here names ${read} it: ${which} ${all.join(', ')}${asked}`;
}

/** `ssh-ed25519 Zm9v (lyra, removed from secrets.nix by 1a2b3c4 on 2024-03-01)`. */
function whoItWas(extra: ExtraReader, former: Former): string {
  const stanza = [extra.kind, extra.tag].filter(Boolean).join(' ');
  if (former === null) return stanza;
  const past = former === 'unknown' ? undefined : formerOf(former, extra);
  if (!past) return `${stanza} (the history does not say whose)`;
  const said = sayPast({ ...past, date: dayOf(past) });
  return `${stanza} (${past.name === null ? said : `${past.name}, ${said}`})`;
}

/** `by admins (secrets.nix:17) in secrets.nix:41`: the outermost list or set that the key came through, and the rule. */
function declaredBy(secret: Secret, { recipients }: Reader): string {
  const index = secret.declared.findIndex((id) => recipients.includes(id));
  const granted = secret.grants?.[index]?.at(-1);
  const group = granted ? `by ${show(granted.name)} (${placeText(granted.at)}) ` : '';
  return `${group}in ${rulePlace(secret)}`;
}

const placeText = ({ file, line }: SourcePosition): string => `${show(file)}:${line}`;

const rulePlace = ({ rule }: Secret): string =>
  rule?.at ? placeText(rule.at) : rule ? show(rule.rulesFile) : 'no rule';

/** The stanza that is on the file because of this reader. */
function proofOf({ comparison }: Secret, { recipients }: Reader): string {
  const onFile = recipients.find(
    (id) => comparison?.matched.includes(id) || comparison?.extra.some(({ recipient }) => recipient === id),
  );
  const extra = comparison?.extra.find(({ recipient }) => recipient === onFile);
  if (extra) return stanzaText(extra.kind, extra.tag);
  const ssh = onFile === undefined ? null : sshStanza(onFile);
  return ssh ?? 'the tag of its stanza';
}

const stanzaText = (kind: string, tag: string | undefined): string =>
  `its ${show(kind)} stanza${tag === undefined ? '' : ` ${show(tag)}`}`;

function sshStanza(id: RecipientId): string | null {
  const [kind = '', blob] = id.split(' ');
  if (!kind.startsWith('ssh-') || blob === undefined) return null;
  return stanzaText(kind, sshTag(Buffer.from(blob, 'base64')));
}

function whyOnlyCounted({ comparison }: Secret, { recipients }: Reader): string {
  if (!comparison) return 'its file cannot be read';
  const { missingAmong, unknown } = comparison;
  if (recipients.some((id) => missingAmong.of.includes(id)))
    return `${missingAmong.count} of ${counted(missingAmong.of.length, 'anonymous reader')} is not on the file, and nobody can say which`;
  const [are, whose] = unknown === 1 ? ['is', 'it is'] : ['are', 'they are'];
  return `${counted(unknown, 'stanza')} on the file ${are} anonymous: the number fits, and whose ${whose} only the private keys tell`;
}

function whyUndecidable(secret: Secret): string {
  if (secret.state === 'damaged')
    return `unknown: the file is damaged: ${show(secret.problem?.says ?? 'no reason known')}`;
  if (secret.ruleProblem) return `unknown: ${whyNoRule(secret)}`;
  const { comparison } = secret;
  if (!comparison) return 'unknown: the file could not be read';
  const anonymous = comparison.unknown + comparison.extra.filter(({ tag }) => tag === undefined).length;
  const lead = secret.rule ? `${rulePlace(secret)} does not declare it` : whyNoRule(secret);
  if (anonymous === 0) return `unknown: ${lead}; a stanza on the file may be of its kind`;
  return `unknown: ${lead}; ${counted(anonymous, 'stanza')} on the file ${anonymous === 1 ? 'is' : 'are'} anonymous and could be its`;
}

function whyNoRule({ rule, ruleProblem }: Secret): string {
  if (ruleProblem) return `its rule could not be read: ${show(ruleProblem.says)}`;
  return rule ? `declared in ${show(rule.rulesFile)}` : 'no rule names this file';
}
