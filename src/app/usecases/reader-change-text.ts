import { keyLabel } from '../../core/key-label.ts';
import { stanzaName } from '../../core/stanza-name.ts';
import type { ExtraView, ReaderChangeView } from './views.ts';

/** `3 → 5 + bob + web2 - old`; `null` where nobody gains or loses. */
export function readerChangeText(
  { before, after, gains, gainsAmong, loses }: ReaderChangeView,
  arrow: string,
): string | null {
  if (gains.length + gainsAmong.count + loses.length === 0) return null;
  const { count, of } = gainsAmong;
  return [
    before === null ? `? ${arrow} ${after}` : `${before} ${arrow} ${after}`,
    ...gains.map((key) => `+ ${keyLabel(key)}`),
    ...(count > 0 ? [`+ ${count} of ${of.map(keyLabel).join(', ')}`] : []),
    ...loses.map((extra) => `- ${nameOfExtra(extra)}`),
  ].join(' ');
}

function nameOfExtra({ name, alias, key, kind, tag }: ExtraView): string {
  if (key !== null) return keyLabel({ name, alias, key });
  return `unknown ${stanzaName({ kind, tag })}`;
}
