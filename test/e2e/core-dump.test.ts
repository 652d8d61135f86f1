import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtProgram } from '../support/built-program.ts';
import { createDemoTerminals, type DemoTerminals, enter, search } from '../support/demo-terminal.ts';
import { describeWithPeers } from '../support/peers.ts';
import { runningProcesses } from '../support/processes.ts';

const value = 'not-real-admin-password-immich';
const filterOf = (pid: number): string => `/proc/${pid}/coredump_filter`;

/** Whether the kernel puts cores where the process stands and not elsewhere or into a program. */
const coresLieHere =
  process.platform === 'linux' &&
  /^core[^/]*$/.test(readFileSync('/proc/sys/kernel/core_pattern', 'utf8').trim()) &&
  spawnSync('sh', ['-c', 'ulimit -c unlimited']).status === 0;

describe.runIf(process.platform === 'linux')('a core dump', () => {
  describeWithPeers('of keyhole with a value on the screen', ['tmux', 'git'], () => {
    let terminals: DemoTerminals;
    beforeAll(async () => {
      terminals = await createDemoTerminals();
    });
    afterAll(() => terminals.dispose());

    /** Where it stands, and its process, with the value revealed. */
    async function revealed() {
      const directory = mkdtempSync(path.join(terminals.home, 'stands-'));
      const terminal = await terminals.start({ columns: 80, rows: 24 }, { cwd: directory });
      enter(terminal, `ulimit -c unlimited; ${terminals.openDemo}`);
      await search(terminal, 'immich/admin', /min-password\.age/);
      terminal.press('x');
      await terminal.waitFor(value);
      const own = runningProcesses().find(
        ({ commandLine }) =>
          commandLine.includes(builtProgram()) && commandLine.includes(terminals.identityFile),
      );
      expect(own).toBeDefined();
      const pid = own?.pid ?? 0;
      const crash = async (): Promise<string> => {
        process.kill(pid, 'SIGABRT');
        await terminal.waitFor(/[Aa]bort/);
        const core = readdirSync(directory).find((name) => name.startsWith('core'));
        expect(core).toBeDefined();
        return path.join(directory, core ?? '');
      };
      return { terminal, pid, crash };
    }
    const holds = (core: string): boolean => spawnSync('grep', ['-qaF', value, core]).status === 0;

    test('is told to hold no memory', async () => {
      const { terminal, pid } = await revealed();
      expect(Number.parseInt(readFileSync(filterOf(pid), 'utf8'), 16)).toBe(0);
      terminal.press('C-c');
      await terminal.waitFor(/ready\$$/);
    });

    test.runIf(coresLieHere)('holds nothing of it, and would without that', async () => {
      const empty = await revealed();
      const core = await empty.crash();
      expect(statSync(core).size).toBeGreaterThan(0);
      expect(holds(core)).toBe(false);

      const full = await revealed();
      writeFileSync(filterOf(full.pid), '0x33'); // what Linux does by itself
      expect(holds(await full.crash())).toBe(true);
    });
  });
});
