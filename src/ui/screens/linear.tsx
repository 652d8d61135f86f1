import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { Session } from '../../app/session.ts';
import { counted } from '../../core/counted.ts';
import type { Draft } from '../editor/draft.ts';
import { bindings } from '../keys/bindings.ts';
import { matrixLines } from '../matrix/matrix-lines.ts';
import { lastSeconds } from '../parts/countdown.ts';
import { editingLines } from '../parts/editing-lines.ts';
import { emptyListText } from '../parts/empty-list.ts';
import { factLines } from '../parts/fact-lines.ts';
import { formLine, formRemarks } from '../parts/form-lines.ts';
import { namingLines } from '../parts/naming-lines.ts';
import { namingTitle } from '../parts/naming-title.ts';
import { valueLines } from '../parts/value-content.ts';
import type { Pen } from '../pen.ts';
import { choicesOf } from '../state/choices.ts';
import { formRows } from '../state/form-rows.ts';
import { keyPlacesOf } from '../state/key-places.ts';
import { isMarkable, marksText } from '../state/marks.ts';
import type { Model } from '../state/model.ts';
import type { NewForm } from '../state/new-form.ts';
import { keyOfLine, readableOf, secretOf, selectedLine } from '../state/select.ts';
import { typedLine } from '../state/typing.ts';
import type { Span } from '../styled-text.ts';
import { keyPlaceSpans, problemSpans } from './list-view-lines.ts';
import { titleOf } from './new-secret.tsx';

interface LinearProps {
  readonly model: Model;
  readonly pen: Pen;
  readonly session: Pick<Session, 'lend'>;
  readonly draft: Draft;
}

/** For screen readers: one thing after the other in words, without boxes, and only the selected line of a list. */
export function Linear({ model, pen, session, draft }: LinearProps): ReactElement {
  const typed = typedLine(model);
  const lines = [
    `keyhole, ${pen.show(model.repository.name)}, ${counted(model.repository.secrets.length, 'secret')}`,
    ...(model.isLocked ? ['locked'] : []),
    ...[marksText(model, false)].filter(Boolean),
    ...(typed === null ? [] : [`typing: ${pen.show(typed)}`]),
    ...viewLines(model, pen, session, draft),
    ...clipboardLines(model),
    ...(model.toast ? [`${model.toast.level}: ${pen.legible(model.toast.text)}`] : []),
  ];
  return (
    <Box flexDirection="column">
      {lines.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are places in the text
        <Text key={index}>{text}</Text>
      ))}
    </Box>
  );
}

const clipboardLines = ({ clipboardClearsAt, now }: Model): readonly string[] =>
  clipboardClearsAt === null
    ? []
    : [lastSeconds(clipboardClearsAt, now, 'the clipboard clears')].filter(Boolean);

function viewLines(model: Model, pen: Pen, session: Pick<Session, 'lend'>, draft: Draft): readonly string[] {
  const { view, naming, repository, form, matrix } = model;
  if (view.kind === 'editor' || view.kind === 'question') return editingLines(model, pen, draft);
  if (view.kind === 'form' && form) return linearForm(model, pen, form);
  if (view.kind === 'naming' && naming) {
    const { text, at } = naming.field;
    const place = `cursor before ${at < text.length ? pen.show(text.slice(at)) : 'nothing'}`;
    const to = naming.kind === 'reader' ? ':' : ' to';
    const head = `${pen.legible(namingTitle(naming))}${to} ${pen.show(text)}, ${place}`;
    return [head, ...namingLines(model, naming).map(pen.legible)];
  }
  if (view.kind === 'matrix' && matrix) return matrixLines(model, pen, matrix);
  if (view.kind === 'passphrase') {
    return [
      `passphrase for ${pen.legible(view.origin)}, ${view.isFilled ? 'something is typed' : 'nothing typed'}`,
    ];
  }
  if (view.kind === 'identities' || view.kind === 'problems') {
    const all =
      view.kind === 'identities'
        ? keyPlacesOf(model).map((place) => keyPlaceSpans(model, pen, place))
        : repository.problems.map((problem) => problemSpans(pen, problem));
    const selected = all[view.cursor]?.map(({ text }) => text).join('') ?? 'nothing';
    return [`${view.kind}, ${view.cursor + 1} of ${all.length}: ${selected}`];
  }
  if (view.kind === 'help' || view.kind === 'palette') {
    const choices = choicesOf(model);
    const choice = choices[view.cursor];
    if (!choice) return [`${view.kind}: nothing fits`];
    const binding = choice.kind === 'command' && bindings.find(({ command }) => command === choice.command);
    const text =
      choice.kind === 'secret'
        ? `go to ${pen.show(choice.id)}`
        : choice.kind === 'reader'
          ? `what ${pen.show(choice.label)} can read`
          : binding && `${binding.keys[0]}, ${binding.title}`;
    return [`${view.kind}, ${view.cursor + 1} of ${choices.length}: ${text}`];
  }
  return browserLines(model, pen, session);
}

function linearForm(model: Model, pen: Pen, form: NewForm): readonly string[] {
  const rows = formRows(form);
  const row = rows[form.cursor];
  const said = (spans: readonly Span[]): string => spans.map(({ text }) => text).join('');
  const line = row ? said(formLine(model, pen, form, row, false, Math.max(40, model.columns))) : '';
  const remarks = formRemarks(model, pen, form).map(said).filter(Boolean);
  return [`${titleOf(pen, form)}, ${form.cursor + 1} of ${rows.length}: ${line.trim()}`, ...remarks];
}

/** Lines of a value that are read out; there is no window to scroll. */
const valueHeight = 40;

function browserLines(model: Model, pen: Pen, session: Pick<Session, 'lend'>): readonly string[] {
  const line = selectedLine(model);
  const secret = line && secretOf(model, line.id);
  if (!line || !secret) return emptyListText(model);
  const key = keyOfLine(model, line);
  const name = pen.show(line.id) + (key === undefined ? '' : `, key ${pen.legible(key)}`);
  const isPicked = isMarkable(line) && model.marks.ids.has(line.id);
  const isUnreadable = readableOf(model, line.id) === 'no';
  const width = Math.max(20, model.columns);
  const input = { model, pen, session, secret, line, width, height: valueHeight, isSteady: true };
  const value = valueLines(input).map((row) =>
    (row.kind === 'text' ? row.spans : row.draw()).map(({ text }) => pen.legible(text)).join(''),
  );
  const facts = factLines(model, pen, secret, width).map((spans) => spans.map(({ text }) => text).join(''));
  return [
    `${model.cursor + 1} of ${model.lines.length}: ${name}, ${secret.state}${isUnreadable ? ', no key' : ''}${isPicked ? ', selected' : ''}`,
    ...(model.revealed ? value : ['value masked']),
    ...facts,
  ].filter((text) => text.trim() !== '');
}
