import { useApp, useInput, usePaste } from 'ink';
import { type ReactElement, useSyncExternalStore } from 'react';
import type { Session } from '../app/session.ts';
import type { Draft } from './editor/draft.ts';
import { parseKeys } from './keys/parse.ts';
import type { Pen } from './pen.ts';
import { Screen } from './screens/screen.tsx';
import type { Runtime } from './state/runtime.ts';
import type { TerminalLoan } from './terminal/terminal-loan.ts';

interface AppProps {
  readonly runtime: Runtime;
  readonly pen: Pen;
  readonly session: Pick<Session, 'lend'>;
  readonly draft: Draft;
  readonly onCrash: (error: unknown) => void;
  /** Receives the way to give the terminal away, which only Ink's context has. */
  readonly loan: Pick<TerminalLoan, 'suspend'>;
}

/** The only place that hears keys: Ink gives every key to every listener. */
export function App({ runtime, pen, session, draft, onCrash, loan }: AppProps): ReactElement {
  loan.suspend = useApp().suspendTerminal;
  const model = useSyncExternalStore(runtime.subscribe, runtime.model);
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      onCrash(error);
    }
  };
  useInput((input, flags) => guarded(() => runtime.press(parseKeys(input, flags))));
  // Always mounted: without it a paste would arrive as keys.
  usePaste((text) => guarded(() => runtime.paste(text)));
  return <Screen model={model} pen={pen} session={session} draft={draft} />;
}
