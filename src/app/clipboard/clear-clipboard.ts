import { type ClearPlan, type ClearReport, inheritedTerminal } from './clear-plan.ts';
import type { ClipboardPorts, Env } from './clipboard-ports.ts';
import { isSameContent } from './content-hash.ts';
import { osc52Clear, wrapForScreen } from './osc52.ts';
import { isOwner, unmarkOwner } from './owner-mark.ts';
import { newestTmuxBuffer, sendThroughTmux } from './tmux-clipboard.ts';
import { writeTerminal } from './write-terminal.ts';

const notOurs: ClearReport = {
  result: 'not-ours',
  says: 'something else was copied since, clipboard left alone',
};

/**
 * Clears what a copy left, if it is still there as far as anybody can know.
 *
 * A desktop's clipboard is compared first. Terminals cannot be asked: theirs is cleared unless a later copy of ours,
 * or a later copy made in tmux, took its place. That may empty something that was copied elsewhere meanwhile; the
 * other way round a secret would stay for good. tmux has no way to pass an empty clipboard on, so there it is
 * overwritten with one blank: a newline could start a command where it is pasted.
 */
export async function clearClipboard(
  target: ClearPlan['target'],
  env: Env,
  ports: ClipboardPorts,
): Promise<ClearReport> {
  if (target.route === 'desktop') return clearDesktop(target.content, ports);
  if (!isOwner(target.mark)) return notOurs;
  const report =
    target.route === 'tmux' ? await clearTmux(target.copiedAt, env) : clearTerminal(target.route);
  unmarkOwner(target.mark);
  return report;
}

async function clearDesktop(
  content: Extract<ClearPlan['target'], { route: 'desktop' }>['content'],
  ports: ClipboardPorts,
): Promise<ClearReport> {
  try {
    const desktop = await ports.desktop();
    if (!isSameContent(await desktop.read(), content)) return notOurs;
    await desktop.write('');
    if (isSameContent(await desktop.read().catch(() => ''), content))
      return failed('the clipboard kept the value');
    return { result: 'cleared', says: 'clipboard cleared' };
  } catch {
    return failed('the clipboard cannot be reached any more');
  }
}

async function clearTmux(copiedAt: number, env: Env): Promise<ClearReport> {
  const newest = await newestTmuxBuffer(env);
  if (newest.ok && newest.value > copiedAt) return notOurs;
  const sent = await sendThroughTmux(Buffer.from(' '), env);
  return sent.ok
    ? { result: 'asked', says: 'clipboard overwritten with a blank through tmux, which cannot confirm it' }
    : failed(sent.error.says);
}

function clearTerminal(route: 'osc52' | 'screen'): ClearReport {
  try {
    writeTerminal(inheritedTerminal, route === 'screen' ? wrapForScreen(osc52Clear) : osc52Clear);
    return { result: 'asked', says: 'asked your terminal to empty its clipboard, it cannot confirm it' };
  } catch {
    return failed('the terminal is gone');
  }
}

const failed = (cause: string): ClearReport => ({
  result: 'failed',
  says: `clipboard not cleared: ${cause}`,
});
