import { counted } from '../../core/counted.ts';
import { firstFew } from '../../core/first-few.ts';
import { fail, type Outcome } from '../../core/outcome.ts';
import type { RecipientId } from '../../core/recipient.ts';
import type { Repository } from '../../core/repository.ts';
import type { SecretId } from '../../core/secret.ts';
import { withRules } from '../../store/backends/agenix/rewrite-rules.ts';
import { entryParts } from '../../store/nix/edit/entry-parts.ts';
import { quoteNix } from '../../store/nix/edit/nix-name.ts';
import { readRules } from '../../store/nix/read-rules.ts';
import { keysOf, offeredReaders } from './choose-readers.ts';
import type { MeantToggle } from './reader-toggles.ts';

/**
 * Why a reader is not taken off one secret alone: it comes with a list that others have readers from. Says what there is
 * to choose between.
 */
export function explainSpread(
  repository: Repository,
  meant: readonly MeantToggle[],
  others: readonly SecretId[],
): Outcome<never> {
  const lines = meant.flatMap((toggle) => writtenOut(repository, toggle));
  const [first] = meant;
  const says = `${first?.reader ?? ''} comes with a list that gives readers to ${counted(others.length, 'other secret')}, too: ${firstFew(others, 8)}`;
  const hint = [
    '--group takes it out of the list, for all of them',
    ...(lines.length === 0 ? [] : [`for this alone, edit the rules by hand: ${lines.join('; ')}`]),
  ].join('; or ');
  return fail('refused', says, { ...(first && { where: first.secret }), hint });
}

/** The entry with its readers spelled out, without those who go. */
function writtenOut(repository: Repository, { entry, keys, to }: MeantToggle): readonly string[] {
  if (to === 'grant') return [];
  const { rulesFile, key } = entry.rule;
  const gone = new Set<RecipientId>(keys);
  const offers = offeredReaders(repository, entry.rule);
  const written = withRules(repository.root, rulesFile, (input) => {
    const reading = readRules(input);
    return reading.ok ? entryParts(input, reading.value, key) : null;
  });
  if (written === null || !offers.ok) return [];
  const nameOf = (id: RecipientId): string =>
    offers.value.find((offer) => offer.kind === 'key' && keysOf([offer]).includes(id))?.text ?? quoteNix(id);
  const stay = entry.declared.filter((id) => !gone.has(id)).map(nameOf);
  if (stay.length === entry.declared.length) return [];
  const { file, line } = written.at;
  return [`${file}:${line}: put [ ${stay.join(' ')} ] in place of ${written.text.replace(/\s+/g, ' ')}`];
}
