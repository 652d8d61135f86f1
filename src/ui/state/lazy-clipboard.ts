import type { Clipboard } from '../../app/clipboard/clipboard.ts';
import type { EffectPorts } from './effects.ts';

/** The clipboard, whose code is loaded with the first copy. `onCleared` hears in words what came of each clearing. */
export function createLazyClipboard(
  env: Readonly<Record<string, string | undefined>>,
  onCleared: (says: string) => void,
): Pick<EffectPorts, 'copy' | 'clearClipboard'> {
  let loading: Promise<Clipboard> | null = null;
  const load = async (): Promise<Clipboard> => {
    const { createClipboard } = await import('../../app/clipboard/clipboard.ts');
    return createClipboard(env, undefined, ({ says }) => onCleared(says));
  };
  return {
    async copy(bytes) {
      loading ??= load();
      return (await loading).copy(bytes);
    },
    async clearClipboard() {
      const clipboard = await loading;
      await clipboard?.clearNow();
    },
  };
}
