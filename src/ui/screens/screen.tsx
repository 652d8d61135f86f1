import { Box, useIsScreenReaderEnabled } from 'ink';
import type { ReactElement } from 'react';
import type { Session } from '../../app/session.ts';
import { textWidth } from '../../core/text-width.ts';
import type { Draft } from '../editor/draft.ts';
import { editorRects, inside } from '../layout.ts';
import { matrixCursor } from '../matrix/matrix-cursor.ts';
import { Bar } from '../parts/bar.tsx';
import { FilterLine, filterCursorColumn } from '../parts/filter-line.tsx';
import { formColumn } from '../parts/form-lines.ts';
import { HardwareCursor } from '../parts/hardware-cursor.tsx';
import { Header } from '../parts/header.tsx';
import { promptOf } from '../parts/question-rows.ts';
import { Row } from '../parts/row.tsx';
import { StatusLine } from '../parts/status-line.tsx';
import type { Pen } from '../pen.ts';
import { formRows } from '../state/form-rows.ts';
import type { Model } from '../state/model.ts';
import { layoutOf } from '../state/select.ts';
import { typedLine } from '../state/typing.ts';
import { Ask } from './ask.tsx';
import { Browser } from './browser.tsx';
import { Choose } from './choose.tsx';
import { Editor } from './editor.tsx';
import { Linear } from './linear.tsx';
import { ListView } from './list-view.tsx';
import { Matrix } from './matrix.tsx';
import { NameSecrets, nameCursorColumn } from './name-secrets.tsx';
import { NewSecret } from './new-secret.tsx';
import { Passphrase, passphrasePrompt } from './passphrase.tsx';

interface ScreenProps {
  readonly model: Model;
  readonly pen: Pen;
  readonly session: Pick<Session, 'lend'>;
  readonly draft: Draft;
}

/** One frame, exactly as high as the terminal: the alternate screen does not home the cursor for a shorter one. */
export function Screen({ model, pen, session, draft }: ScreenProps): ReactElement {
  const isLinear = useIsScreenReaderEnabled();
  if (isLinear) return <Linear model={model} pen={pen} session={session} draft={draft} />;
  const { kind, columns, rows } = layoutOf(model);
  if (kind === 'too-small') {
    return (
      <Box width={columns} height={rows} flexDirection="column">
        <Row text={pen.end('window too small', columns)} />
      </Box>
    );
  }
  return (
    <HardwareCursor {...cursorOf(model, pen)}>
      <Box width={columns} height={rows} flexDirection="column">
        <Header model={model} pen={pen} />
        <FilterLine model={model} pen={pen} />
        <Body model={model} pen={pen} session={session} draft={draft} />
        <StatusLine model={model} pen={pen} />
        <Bar model={model} pen={pen} />
      </Box>
    </HardwareCursor>
  );
}

function Body({ model, pen, session, draft }: ScreenProps): ReactElement {
  const { view, editor, naming, form, matrix } = model;
  switch (view.kind) {
    case 'question':
      return <Ask model={model} pen={pen} question={view.question} top={view.top} />;
    case 'editor':
      if (editor) return <Editor model={model} pen={pen} draft={draft} editor={editor} />;
      return <Browser model={model} pen={pen} session={session} />;
    case 'naming':
      if (naming) return <NameSecrets model={model} pen={pen} naming={naming} />;
      return <Browser model={model} pen={pen} session={session} />;
    case 'form':
      if (form) return <NewSecret model={model} pen={pen} form={form} />;
      return <Browser model={model} pen={pen} session={session} />;
    case 'matrix':
      if (matrix) return <Matrix model={model} pen={pen} matrix={matrix} />;
      return <Browser model={model} pen={pen} session={session} />;
    case 'browser':
      return <Browser model={model} pen={pen} session={session} />;
    case 'identities':
    case 'problems':
      return <ListView model={model} pen={pen} view={view} />;
    case 'help':
    case 'palette':
      return <Choose model={model} pen={pen} view={view} />;
    case 'passphrase':
      return <Passphrase model={model} pen={pen} view={view} />;
  }
}

/** Where the person is: the end of the line being typed, else the selected line, else the top of the value. */
function cursorOf(model: Model, pen: Pen): { readonly x: number; readonly y: number } {
  const { view, filter, pane, cursor, top, columns } = model;
  const { body, list, value, facts, isFramed } = layoutOf(model);
  const { x, y } = inside(body, isFramed);
  const limited = (column: number): number => Math.max(0, Math.min(column, columns - 1));
  switch (view.kind) {
    case 'editor': {
      const area = inside(editorRects(body).text, isFramed);
      const { x: right, y: down } = model.editor?.isHidden === false ? model.editor.status : { x: 0, y: 0 };
      return { x: limited(area.x + right), y: area.y + down };
    }
    case 'naming':
      return { x: limited(x + (model.naming ? nameCursorColumn(model, pen, model.naming) : 0)), y };
    case 'form': {
      const { form } = model;
      if (!form) return { x, y };
      const { width } = inside(body, isFramed);
      const column = formColumn(pen, form, formRows(form)[form.cursor], width);
      return { x: limited(x + column), y: y + form.cursor - form.top };
    }
    case 'question': {
      const typed = typedLine(model);
      const end = typed === null ? 0 : (promptOf(view.question)?.length ?? 0) + textWidth(pen.show(typed));
      return { x: limited(x + end), y };
    }
    case 'help':
    case 'palette':
      return { x: limited(x + 1 + textWidth(pen.show(view.query))), y };
    case 'passphrase':
      return { x: limited(x + passphrasePrompt.length), y };
    case 'identities':
    case 'problems':
      return { x, y: y + view.cursor - view.top };
    case 'matrix':
      if (filter.isTyping) return { x: limited(filterCursorColumn(model, pen)), y: 1 };
      return matrixCursor(model);
    case 'browser': {
      if (filter.isTyping) return { x: limited(filterCursorColumn(model, pen)), y: 1 };
      const focused = { list, value, facts }[pane] ?? list ?? body;
      const area = inside(focused, isFramed);
      return { x: area.x, y: area.y + (pane === 'list' ? cursor - top : 0) };
    }
  }
}
