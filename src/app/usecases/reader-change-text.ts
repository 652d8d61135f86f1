import { shortKey } from '../../core/recipient-label.ts';
import { stanzaName } from '../../core/stanza-name.ts';
import type { ExtraView, KeyView, ReaderChangeView } from './views.ts';

/** `3 → 5 + bob + web2 - old`; `null` where nobody gains or loses. */
export function readerChangeText(
  { before, after, gains, gainsAmong, loses }: ReaderChangeView,
  arrow: string,
): string | null {
  if (gains.length + gainsAmong.count + loses.length === 0) return null;
  const { count, of } = gainsAmong;
  return [
    before === null ? `? ${arrow} ${after}` : `${before} ${arrow} ${after}`,
    ...gains.map((key) => `+ ${nameOf(key)}`),
    ...(count > 0 ? [`+ ${count} of ${of.map(nameOf).join(', ')}`] : []),
    ...loses.map((extra) => `- ${nameOfExtra(extra)}`),
  ].join(' ');
}

const nameOf = ({ name, key }: KeyView): string => name ?? shortKey(key);

function nameOfExtra({ name, key, kind, tag }: ExtraView): string {
  if (key !== null) return name ?? shortKey(key);
  return `unknown ${stanzaName({ kind, tag })}`;
}
