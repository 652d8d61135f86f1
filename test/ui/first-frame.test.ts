import { expect, test } from 'vitest';
import { runUi } from '../../src/ui/main.tsx';
import { createFakeSession } from './support/fake-session.ts';
import { createFakeTerminal } from './support/fake-terminal.ts';
import { sample } from './support/sample.ts';

test('no frame is drawn before the terminal stopped to echo what is typed', async () => {
  const terminal = createFakeTerminal(80, 24);
  const drawnRaw: boolean[] = [];
  const { stdout } = terminal;
  const write = stdout.write.bind(stdout) as (...parts: unknown[]) => boolean;
  stdout.write = ((...parts: unknown[]) => {
    if (String(parts[0]).includes('nix-config')) drawnRaw.push(terminal.isRaw());
    return write(...parts);
  }) as typeof stdout.write;
  const status = runUi(createFakeSession(sample), {
    ascii: false,
    noColor: false,
    env: { TERM: 'xterm', LANG: 'C.UTF-8' },
    stdin: terminal.stdin,
    stdout,
  });
  while (drawnRaw.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  terminal.stdin.write('q');
  expect(await status).toBe(0);
  expect(drawnRaw[0]).toBe(true);
  expect(terminal.isRaw()).toBe(false);
});
