import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { describeWithPeers } from '../support/peers.ts';
import { copierReport, createTmuxWorld, until } from './support/tmux-terminal.ts';

const copier = path.join(import.meta.dirname, 'support/copier.ts');
const canary = 'canary-55d1-battery-staple';

describeWithPeers('what a copy through tmux shows the system', ['tmux', 'strace'], () => {
  it('starts no program with the value in its arguments or environment, and writes it to no file', async () => {
    const world = createTmuxWorld();
    const file = (name: string): string => path.join(world.directory, name);
    writeFileSync(file('secret'), canary);
    const inner = `TMUX= exec tmux -L inner -f /dev/null new-session 'exec cat'`;
    world.run('terminal', 'new-session', '-d', '-x', '80', '-y', '24', inner);
    world.run('terminal', 'set-option', '-s', 'set-clipboard', 'on');
    const env = await until(() => insideWhenAttached(world));

    const trace = (command: readonly string[], output: string) =>
      spawn('strace', ['-f', '-v', '-s', '100000', '-e', 'trace=execve,openat', '-o', output, ...command], {
        env,
        stdio: 'ignore',
      });
    const traced = trace([process.execPath, copier, file('secret'), file('report'), '1'], file('trace'));
    const { pid } = await until(() => copierReport(file('report')));
    await until(() => world.copies('terminal').includes(canary));
    await until(() => world.copies('terminal').includes(' '));
    process.kill(pid);
    await new Promise((resolve) => traced.on('exit', resolve));
    const seen = readFileSync(file('trace'), 'utf8');
    // It did start tmux and the helper, and did write the mark of its copy.
    expect(seen).toContain('load-buffer');
    expect(seen).toContain('internal-clear-clipboard');
    expect(seen).toMatch(/clipboard-[0-9a-f]{16}/);
    expect(seen).not.toContain(canary);
    const written = [...seen.matchAll(/openat\([^,]+, "([^"]+)", [^)]*O_(?:WRONLY|RDWR)/g)].map(
      ([, name]) => name ?? '',
    );
    const ours = written.filter((name) => name.startsWith(world.directory));
    expect(ours.length).toBeGreaterThan(0);
    for (const name of ours) expect(readIfThere(name)).not.toContain(canary);

    // Positive control: the same trace shows a value that was passed carelessly.
    const careless = trace(['sh', '-c', `true ${canary}`], file('careless'));
    await new Promise((resolve) => careless.on('exit', resolve));
    expect(readFileSync(file('careless'), 'utf8')).toContain(canary);
    world.end();
  });
});

function insideWhenAttached(world: ReturnType<typeof createTmuxWorld>): Record<string, string> | null {
  try {
    return world.run('inner', 'list-clients') === '' ? null : world.inside('inner');
  } catch {
    return null;
  }
}

function readIfThere(name: string): string {
  try {
    return readFileSync(name, 'utf8');
  } catch {
    return '';
  }
}
