import { copySensitively } from './wayland-clipboard.ts';

/** The clipboard of the desktop this machine shows. Both reject when no clipboard program works. */
export interface DesktopClipboard {
  /** `sensitive`: clipboard histories were asked not to keep it. */
  write(text: string): Promise<{ readonly sensitive: boolean }>;
  read(): Promise<string>;
}

const patience = 5000;

/** clipboardy, loaded when first wanted because it is slow to load. The value goes to its programs on stdin. */
export async function loadDesktopClipboard(): Promise<DesktopClipboard> {
  const { default: clipboard } = await import('clipboardy');
  return {
    async write(text) {
      if (process.env['WAYLAND_DISPLAY'] && text !== '' && (await copySensitively(text)))
        return { sensitive: true };
      await withPatience(clipboard.write(text));
      return { sensitive: false };
    },
    read: () => withPatience(clipboard.read()),
  };
}

/** A clipboard whose owner does not answer blocks its reader for good. */
async function withPatience<T>(work: Promise<T>): Promise<T> {
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
