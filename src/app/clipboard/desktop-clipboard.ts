/** The clipboard of the desktop this machine shows. Both reject when no clipboard program works. */
export interface DesktopClipboard {
  write(text: string): Promise<void>;
  read(): Promise<string>;
}

const patience = 5000;

/** clipboardy, loaded when first wanted because it is slow to load. The value goes to its programs on stdin. */
export async function loadDesktopClipboard(): Promise<DesktopClipboard> {
  const { default: clipboard } = await import('clipboardy');
  return {
    write: (text) => withPatience(clipboard.write(text)),
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
