import { show } from '../../core/safe-text.ts';
import { keyFor } from '../keys/resolve-key.ts';
import { readerLines } from '../matrix/reader-line.ts';
import type { Model } from '../state/model.ts';
import { checkNaming } from '../state/naming.ts';
import type { NamingState } from '../state/naming-state.ts';
import { sayError } from '../state/replies.ts';
import { secretOf } from '../state/select.ts';

/** No window is higher, and the plan names all. */
const mostNamed = 40;

/** What a name that is being typed comes to; a line that begins with `! ` wants to be looked at. */
export function namingLines(model: Model, naming: NamingState): readonly string[] {
  if (naming.kind === 'reader') return readerLines(model, naming);
  const { kind, ids } = naming;
  const isMove = kind === 'mv';
  const what = ids.length === 1 ? [] : ids.slice(0, mostNamed).map((id) => show(id));
  if (ids.length > mostNamed) what.push(`and ${ids.length - mostNamed} others`);
  const checked = checkNaming(model, naming);
  if (!checked.ok) return [`! ${sayError(checked.error)}`, ...what];
  const unruled = ids.filter((id) => secretOf(model, id)?.rule === undefined);
  return [
    ...checked.value.notes.map((note) => `! ${show(note)}`),
    ...unruled.map(
      (id) => `! ${show(id)}: no rule names it; only the file is ${isMove ? 'renamed' : 'copied'}`,
    ),
    `${keyFor('name-go-on')} shows what that changes, rules included, before it does.`,
    ...what,
  ];
}
