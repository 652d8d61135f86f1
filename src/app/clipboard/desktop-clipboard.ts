import { hashContent, isSameContent } from './content-hash.ts';
import { trimInheritedEnv } from './inherited-env.ts';
import { copySensitively } from './wayland-clipboard.ts';

/** The clipboard of the desktop this machine shows. Both reject when no clipboard program works. */
export interface DesktopClipboard {
  /** `sensitive`: clipboard histories were asked not to keep it. */
  write(text: string): Promise<{ readonly sensitive: boolean }>;
  read(): Promise<string>;
}

/**
 * clipboardy, loaded when first wanted because it is slow to load. The value goes to its programs on stdin.
 *
 * @param patience milliseconds after which a clipboard that does not answer is given up
 */
export async function loadDesktopClipboard(patience: number): Promise<DesktopClipboard> {
  trimInheritedEnv();
  const { default: clipboard } = await import('clipboardy');
  const emptyIfStill = async (content: ReturnType<typeof hashContent>): Promise<void> => {
    if (isSameContent(await clipboard.read(), content)) await clipboard.write('');
  };
  return {
    async write(text) {
      if (process.env['WAYLAND_DISPLAY'] && text !== '' && (await copySensitively(text)))
        return { sensitive: true };
      const writing = clipboard.write(text);
      try {
        await withPatience(writing, patience);
      } catch (error) {
        // Given up, it may still land, and nobody would clear what nobody was told of.
        const content = hashContent(text);
        void writing.then(() => emptyIfStill(content)).catch(() => undefined);
        throw error;
      }
      return { sensitive: false };
    },
    read: () => withPatience(clipboard.read(), patience),
  };
}

/** A clipboard whose owner does not answer blocks its reader for good. */
async function withPatience<T>(work: Promise<T>, patience: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the clipboard does not answer')), patience);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
