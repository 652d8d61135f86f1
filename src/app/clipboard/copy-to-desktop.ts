import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Delivery } from './clipboard.ts';
import type { ClipboardPorts } from './clipboard-ports.ts';
import { hashContent, isSameContent } from './content-hash.ts';

const historyNote = ', a clipboard history may keep it';

/** Through the desktop's own clipboard program, read back to see whether it arrived. Error: `io`. */
export async function copyToDesktop(text: string, ports: ClipboardPorts): Promise<Outcome<Delivery>> {
  const content = hashContent(text);
  try {
    const desktop = await ports.desktop();
    const { sensitive } = await desktop.write(text);
    const arrived = isSameContent(await desktop.read().catch(() => ''), content);
    return ok({
      route: 'desktop',
      certainty: arrived ? 'copied' : 'sent',
      says: `${arrived ? 'copied' : 'given to the clipboard, which does not show it back'}${sensitive ? '' : historyNote}`,
      target: { route: 'desktop', content },
    });
  } catch {
    // Messages of clipboard programs may quote what they were given.
    return fail('io', 'no desktop clipboard program works here', {
      hint:
        ports.platform === 'linux'
          ? 'install wl-clipboard or xsel, or set KEYHOLE_CLIPBOARD=osc52'
          : 'KEYHOLE_CLIPBOARD=osc52 asks the terminal instead',
    });
  }
}
