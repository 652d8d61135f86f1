import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDemoTerminals, type DemoTerminals, enter } from '../support/demo-terminal.ts';
import { describeWithPeers } from '../support/peers.ts';

const root = path.resolve(import.meta.dirname, '../..');

describeWithPeers('npm start', ['tmux', 'git'], () => {
  let terminals: DemoTerminals;
  beforeAll(async () => {
    terminals = await createDemoTerminals();
  });
  afterAll(() => terminals.dispose());

  const start = `${process.execPath} ${path.join(root, 'scripts/start.mjs')}`;

  test('opens the demo and passes the exit status on', async () => {
    const terminal = await terminals.start({ columns: 80, rows: 24 });
    enter(terminal, `${start}; echo "status=$?"`);
    expect(await terminal.waitFor('? help')).toContain('nix-config');
    terminal.press('q');
    await terminal.waitFor('status=0');
  });

  test('takes a path as seen from where npm was called', async () => {
    const terminal = await terminals.start({ columns: 80, rows: 24 });
    const [directory, name] = [path.dirname(terminals.repository), path.basename(terminals.repository)];
    enter(terminal, `INIT_CWD=${directory} ${start} ${name}`);
    expect(await terminal.waitFor('? help')).toContain(name);
    terminal.press('C-c');
    await terminal.waitFor(/ready\$$/);
    enter(terminal, `INIT_CWD=${directory} ${start} list --nonsense; echo "status=$?"`);
    await terminal.waitFor('status=2');
  });
});
