import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { Session } from '../../app/session.ts';
import { Facts } from '../parts/facts.tsx';
import { List } from '../parts/list.tsx';
import { ValuePane } from '../parts/value-pane.tsx';
import type { Pen } from '../pen.ts';
import type { Model } from '../state/model.ts';
import { layoutOf } from '../state/select.ts';

interface BrowserProps {
  readonly model: Model;
  readonly pen: Pen;
  readonly session: Pick<Session, 'lend'>;
}

/** List, value and facts: beside each other, or one below the other, as the window allows. */
export function Browser({ model, pen, session }: BrowserProps): ReactElement {
  const { list, value, facts, isFramed, kind } = layoutOf(model);
  const isColumn = kind === 'stack' || kind === 'one';
  return (
    <Box flexDirection={isColumn ? 'column' : 'row'} flexShrink={0}>
      {list && <List model={model} pen={pen} rect={list} isFramed={isFramed} />}
      <Box flexDirection={kind === 'three' ? 'row' : 'column'} flexShrink={0}>
        {value && (
          <ValuePane
            model={model}
            pen={pen}
            session={session}
            rect={value}
            isFramed={isFramed}
            hasFacts={!facts}
          />
        )}
        {facts && <Facts model={model} pen={pen} rect={facts} isFramed={isFramed} />}
      </Box>
    </Box>
  );
}
