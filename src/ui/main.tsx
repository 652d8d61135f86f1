/**
 * The screen. Rules of this room: a value is read only while the frame that shows it is drawn; whatever a repository
 * says goes through `show()`; nothing is redrawn while nothing happens; the terminal is left as it was found.
 */
import { render } from 'ink';
import type { Session } from '../app/session.ts';
import { errorCodes } from '../core/error-codes.ts';
import { errorPlace } from '../core/error-place.ts';
import { App } from './app.tsx';
import { createDraft } from './editor/draft.ts';
import { chooseGlyphs } from './glyphs.ts';
import { createPen } from './pen.ts';
import { CrashBoundary } from './screens/crash-boundary.tsx';
import { createEffects } from './state/effects.ts';
import { firstModel } from './state/first-model.ts';
import { createLazyClipboard } from './state/lazy-clipboard.ts';
import { createPassphraseLine } from './state/passphrase-line.ts';
import { createRuntime, type Runtime } from './state/runtime.ts';
import { focusReportsOff, focusReportsOn } from './terminal/focus-reports.ts';
import { watchFocus } from './terminal/focus-stream.ts';
import { refuseTerminal } from './terminal/refuse.ts';
import { onEndingSignals } from './terminal/signals.ts';
import { stopJob } from './terminal/stop-job.ts';
import { createTerminalLoan } from './terminal/terminal-loan.ts';
import { enterEmptyScreen, homeAndErase } from './terminal/whole-screen.ts';
import { createTheme } from './theme.ts';
import type { UiOptions } from './ui-options.ts';

const exitCrash = errorCodes.unexpected.exit;
/** The terminal went away: what a shell reports for SIGHUP. */
const exitHangUp = 129;

/** Shows the session's repository until the person quits; resolves with the exit status. */
export async function runUi(session: Session, options: UiOptions): Promise<number> {
  const { env, stdin, stdout, stderr = process.stderr } = options;
  const refusal = refuseTerminal(env, stdin, stdout);
  if (refusal !== null) {
    stderr.write(`${refusal}\n`);
    return errorCodes.usage.exit;
  }

  let status = 0;
  let crash: unknown;
  const end = (code: number): void => {
    status ||= code;
    // After the frame that masks what was revealed.
    loan.whenBack(() => setImmediate(() => instance.unmount()));
  };
  const onCrash = (error: unknown): void => {
    crash ??= error;
    end(exitCrash);
  };

  const isLinear = env['INK_SCREEN_READER'] === 'true';
  const loan = createTerminalLoan(stdout, isLinear, () => instance.waitUntilRenderFlush());

  const passphrase = createPassphraseLine((origin, attempt) =>
    runtime.post({ type: 'passphrase-asked', origin, attempt }),
  );
  const pen = createPen(createTheme(options.noColor), chooseGlyphs(options.ascii, env));
  const draft = createDraft(pen.legible);
  const clipboard = createLazyClipboard(env, (says) => runtime.post({ type: 'cleared', says }));
  const effects = createEffects(
    session,
    passphrase,
    draft,
    {
      ...clipboard,
      env,
      lendTerminal: loan.lend,
      stopJob: options.stopJob ?? stopJob,
      sayOutside: (line) => void stdout.write(`${line}\r\n`),
      redraw: () => queueMicrotask(redraw),
      quit: () => end(0),
    },
    (message) => runtime.post(message),
    onCrash,
  );
  const size = { columns: stdout.columns, rows: stdout.rows };
  const runtime: Runtime = createRuntime(firstModel(session, size, Date.now()), {
    now: Date.now,
    run: effects.run,
    passphrase,
    draft,
  });

  const redraw = (): void => {
    instance.clear();
    if (!isLinear) stdout.write(homeAndErase);
    instance.rerender(tree);
  };
  // Ink would first lay out the old frame in the new window and repaint relative to where the cursor was, which no
  // two terminals move alike: start from an empty screen, with the new frame committed before Ink's listener runs.
  const onResize = (): void => {
    runtime.post({ type: 'resized', columns: stdout.columns, rows: stdout.rows });
    if (!loan.isOut()) redraw();
  };
  const input = watchFocus(stdin, {
    blur: () => runtime.post({ type: 'blurred' }),
    end: () => end(exitHangUp),
  });
  stdout.on('resize', onResize);
  const releaseSignals = onEndingSignals(end, onCrash, loan.isOut);
  const tree = (
    <CrashBoundary onCrash={onCrash}>
      <App runtime={runtime} pen={pen} session={session} draft={draft} onCrash={onCrash} loan={loan} />
    </CrashBoundary>
  );
  if (!isLinear) stdout.write(enterEmptyScreen);
  // Before the first frame: the terminal would echo into it what is typed meanwhile, and Ink would not paint it over.
  input.setRawMode?.(true);
  const instance = render(tree, {
    stdin: input as unknown as NodeJS.ReadStream,
    stdout,
    exitOnCtrlC: false,
    // There is a terminal on both ends: a CI variable in a person's environment changes nothing.
    interactive: true,
    patchConsole: false,
    alternateScreen: !isLinear,
    incrementalRendering: true,
    isScreenReaderEnabled: isLinear,
    maxFps: 120,
  });
  stdout.write(focusReportsOn);
  runtime.start();

  try {
    await instance.waitUntilExit();
  } finally {
    stdout.write(focusReportsOff);
    stdout.off('resize', onResize);
    releaseSignals();
    runtime.stop();
    effects.stop();
    input.detach();
    if (draft.isChanged())
      stderr.write('keyhole: ended with an edit that was not saved; nothing of it was written\n');
    draft.close();
    session.lock();
  }
  if (crash !== undefined)
    stderr.write(`keyhole: stopped by a bug of its own (${errorPlace(crash)}); what was saved is saved\n`);
  return status;
}
