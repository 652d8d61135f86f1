import { formatAddress } from '../../core/address.ts';
import { show } from '../../core/safe-text.ts';
import { disabledReason } from '../keys/availability.ts';
import type { CommandId } from '../keys/bindings.ts';
import { followLine, withLines } from './list-lines.ts';
import { chosenSecrets } from './marks.ts';
import type { OpenPurpose } from './message.ts';
import type { ListLine, Model } from './model.ts';
import {
  keyOfLine,
  layoutOf,
  listHeight,
  refOfLine,
  secretOf,
  selectedLine,
  shortName,
  valueArea,
} from './select.ts';
import { failure, type ModelStep, request, still, warning, withEffect, withToast } from './step.ts';

/** Without a key for this long, a revealed value is masked again. In milliseconds. */
export const revealTime = 30_000;

/** Says why, for a command that cannot run; else runs it on the selected line. */
function ifPossible(
  model: Model,
  command: CommandId,
  now: number,
  run: (line: ListLine) => ModelStep,
): ModelStep {
  const line = selectedLine(model);
  const reason = disabledReason(model, command);
  if (reason !== null || !line) return still(withToast(model, warning(reason ?? 'nothing is selected', now)));
  return run(line);
}

export const openSelected = (model: Model, now: number): ModelStep =>
  ifPossible(model, 'open', now, (line) => {
    if (line.entry !== undefined || line.key !== undefined) return focusValue(model, line);
    if (model.opened?.id === line.id) return model.isUnfolded ? still(fold(model)) : afterUnfold(model);
    return open(model, line, 'unfold');
  });

export const revealSelected = (model: Model, now: number): ModelStep => {
  if (model.revealed) return still({ ...model, revealed: null });
  return ifPossible(model, 'reveal', now, (line) =>
    refOfLine(model, line) === undefined ? open(model, line, 'reveal') : reveal(model, line, now),
  );
};

export const copySelected = (model: Model, now: number): ModelStep =>
  ifPossible(model, 'copy', now, (line) =>
    refOfLine(model, line) === undefined ? open(model, line, 'copy') : copy(model, line),
  );

export const copyPath = (model: Model, now: number): ModelStep => {
  if (model.marks.ids.size > 0) return copyPaths(model);
  return ifPossible(model, 'copy-path', now, (line) => {
    const path = pathOfLine(model, line);
    const copying = `the path of ${shortName(model, line)}`;
    return request({ ...model, copying }, 'copy', (id) => ({
      type: 'copy-text',
      request: id,
      text: formatAddress(line.id, path),
    }));
  });
};

/** The paths of all that are picked, a line for each. */
function copyPaths(model: Model): ModelStep {
  const ids = chosenSecrets(model);
  const copying = ids.length === 1 ? `the path of ${show(ids[0] ?? '')}` : `${ids.length} paths`;
  const text = ids.map((id) => formatAddress(id, undefined)).join('\n');
  return request({ ...model, copying }, 'copy', (id) => ({ type: 'copy-text', request: id, text }));
}

/** The key that a line stands for; `undefined` for a whole secret. */
export function pathOfLine(model: Model, line: ListLine): readonly string[] | undefined {
  return line.entry === undefined ? line.path : model.opened?.entries[line.entry]?.path;
}

function open(model: Model, line: ListLine, purpose: OpenPurpose): ModelStep {
  const key = keyOfLine(model, line);
  return request(model, 'open', (id) => ({
    type: 'open',
    request: id,
    id: line.id,
    purpose,
    ...(key !== undefined && { key }),
  }));
}

/** The secret is open: show its keys, or where it has none, its value's pane. */
export function afterUnfold(model: Model): ModelStep {
  const { opened } = model;
  if (!opened) return still(model);
  if (opened.entries.length === 0) return still({ ...model, pane: 'value' });
  const listed = followLine(withLines({ ...model, isUnfolded: true }), selectedLine(model));
  // Keys below the last line that is seen would not be known to be there.
  const lowest = listed.cursor + opened.entries.length - listHeight(listed) + 1;
  return still({ ...listed, top: Math.min(listed.cursor, Math.max(listed.top, lowest)) });
}

export function fold(model: Model): Model {
  if (!model.isUnfolded) return model;
  const line = selectedLine(model);
  const parent = line && { id: line.id, ranges: line.ranges };
  return followLine(withLines({ ...model, isUnfolded: false }), line?.entry === undefined ? line : parent);
}

function focusValue(model: Model, line: ListLine): ModelStep {
  const focused: Model = { ...model, pane: 'value' };
  return refOfLine(model, line) === undefined ? open(focused, line, 'unfold') : still(focused);
}

export function reveal(model: Model, line: ListLine, now: number): ModelStep {
  const ref = refOfLine(model, line);
  const { opened } = model;
  if (ref === undefined || !opened) {
    return still(withToast(model, failure(`${show(line.id)} has no key of that name any more`)));
  }
  const isBinary = opened.kind === 'binary' && line.entry === undefined;
  const revealed = { ref, isBinary, top: 0, shape: null, maskAt: now + revealTime };
  const shown: Model = { ...model, revealed };
  const next: Model = layoutOf(shown).value === null ? { ...shown, pane: 'value' } : shown;
  return withEffect(next, { type: 'measure', ref, isBinary, width: valueArea(next).width });
}

export function copy(model: Model, line: ListLine): ModelStep {
  const ref = refOfLine(model, line);
  if (ref === undefined) {
    return still(withToast(model, failure(`${show(line.id)} has no key of that name any more`)));
  }
  const copying = shortName(model, line);
  return request({ ...model, copying }, 'copy', (id) => ({ type: 'copy-value', request: id, ref }));
}

/** Lets go of the secret that was open before another one, or before everything is locked. */
export function close(model: Model): ModelStep {
  if (!model.opened) return still(model);
  const line = selectedLine(model);
  const closed = withLines({ ...model, opened: null, isUnfolded: false, revealed: null });
  const stays = line && secretOf(model, line.id) ? { ...line } : undefined;
  return withEffect(followLine(closed, stays), { type: 'release', opened: model.opened });
}
