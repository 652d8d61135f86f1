import { PassThrough, Writable } from 'node:stream';
import { Terminal } from '@xterm/headless';

/**
 * A terminal in memory: what a program writes is interpreted by xterm and can be read back as a person would see it.
 * There is no pty, so it adds the carriage returns itself.
 */
export interface FakeTerminal {
  readonly stdin: PassThrough & { isTTY: boolean; setRawMode(isRaw: boolean): unknown };
  readonly stdout: NodeJS.WriteStream;
  /** The screen's lines without trailing blanks. */
  readonly screen: () => Promise<string[]>;
  readonly cursor: () => { x: number; y: number };
  readonly isAlternate: () => boolean;
  /** Everything that was written so far. */
  readonly written: () => string;
  readonly resize: (columns: number, rows: number) => void;
  readonly isRaw: () => boolean;
}

export function createFakeTerminal(columns: number, rows: number): FakeTerminal {
  const terminal = new Terminal({
    cols: columns,
    rows,
    convertEol: true,
    allowProposedApi: true,
    scrollback: 0,
  });
  const chunks: string[] = [];
  let isRaw = false;
  const stdout = Object.assign(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk.toString());
        terminal.write(chunk, done);
      },
    }),
    { isTTY: true, columns, rows },
  );
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode(raw: boolean) {
      isRaw = raw;
    },
    ref: () => undefined,
    unref: () => undefined,
  });
  return {
    stdin,
    stdout: stdout as unknown as NodeJS.WriteStream,
    async screen() {
      await new Promise<void>((resolve) => terminal.write('', resolve));
      const buffer = terminal.buffer.active;
      return Array.from({ length: terminal.rows }, (_, row) =>
        (buffer.getLine(row)?.translateToString(true, 0, terminal.cols) ?? '').trimEnd(),
      );
    },
    cursor: () => ({ x: terminal.buffer.active.cursorX, y: terminal.buffer.active.cursorY }),
    isAlternate: () => terminal.buffer.active.type === 'alternate',
    written: () => chunks.join(''),
    resize(newColumns, newRows) {
      terminal.resize(newColumns, newRows);
      Object.assign(stdout, { columns: newColumns, rows: newRows });
      stdout.emit('resize');
    },
    isRaw: () => isRaw,
  };
}
