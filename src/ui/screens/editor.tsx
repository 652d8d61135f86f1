import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { Draft } from '../editor/draft.ts';
import { editorRects, inside, insideInset } from '../layout.ts';
import { secondsTo } from '../parts/countdown.ts';
import { editorRows } from '../parts/editor-rows.ts';
import { onSaveLines } from '../parts/on-save-lines.ts';
import { Panel } from '../parts/panel.tsx';
import type { Pen } from '../pen.ts';
import { editedName } from '../state/editing.ts';
import type { EditorState } from '../state/editor-state.ts';
import type { Model } from '../state/model.ts';
import { layoutOf } from '../state/select.ts';

interface EditorProps {
  readonly model: Model;
  readonly pen: Pen;
  readonly draft: Draft;
  readonly editor: EditorState;
}

/** The text being edited, and what saving it will do. */
export function Editor({ model, pen, draft, editor }: EditorProps): ReactElement {
  const { body, isFramed } = layoutOf(model);
  const { text, onSave } = editorRects(body);
  const { width } = inside(text, isFramed);
  const { status, isHidden, hideAt } = editor;
  const note = isHidden ? 'hidden' : `hidden in ${secondsTo(hideAt, model.now)}s or on blur`;
  const short = isHidden ? 'hidden' : `${secondsTo(hideAt, model.now)}s`;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Panel
        pen={pen}
        rect={text}
        isFramed={isFramed}
        isFocused
        title={`${pen.legible(editedName(editor))}${status.isChanged ? ' *' : ''}`}
        note={width < 60 ? short : note}
        rows={editorRows(model, pen, draft, editor)}
      />
      {onSave && (
        <Panel
          pen={pen}
          rect={onSave}
          isFramed={isFramed}
          isFocused={false}
          isInset
          title="on save"
          rows={onSaveLines(model, pen, editor, insideInset(onSave, isFramed).width).map((spans) =>
            pen.line(spans, insideInset(onSave, isFramed).width),
          )}
        />
      )}
    </Box>
  );
}
