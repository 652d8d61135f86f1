import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ClearReport } from '../../src/app/clipboard/clear-plan.ts';
import { type Clipboard, createClipboard } from '../../src/app/clipboard/clipboard.ts';
import { type ClipboardPorts, systemPorts } from '../../src/app/clipboard/clipboard-ports.ts';
import { describeWithPeers } from '../support/peers.ts';
import { copierReport, createTmuxWorld, type TmuxWorld, until } from './support/tmux-terminal.ts';

const support = (name: string): string => path.join(import.meta.dirname, 'support', name);
const value = Buffer.from('correct horse\nbattery — staple\n');

describeWithPeers('copying inside tmux', ['tmux'], () => {
  let world: TmuxWorld;
  let env: Record<string, string>;
  let cleared: ClearReport[];
  const clipboards: Clipboard[] = [];

  // The outer tmux is the terminal: it takes OSC 52 into its buffers, where the test can look.
  beforeEach(async () => {
    world = createTmuxWorld();
    cleared = [];
    const inner = `TMUX= exec tmux -L inner -f /dev/null new-session 'exec cat'`;
    world.run('terminal', 'new-session', '-d', '-x', '80', '-y', '24', inner);
    world.run('terminal', 'set-option', '-s', 'set-clipboard', 'on');
    await until(() => attached(world));
    env = world.inside('inner');
  });
  // No helper stays behind to clear a clipboard that is gone.
  afterEach(async () => {
    await Promise.all(clipboards.splice(0).map((one) => one.clearNow()));
    world.end();
  });

  const ports = (seconds: number): ClipboardPorts => ({
    ...systemPorts,
    self: [process.execPath, support('clear-helper-entry.ts')],
    clearAfterSeconds: seconds,
  });
  const clipboard = (seconds: number): Clipboard => {
    const one = createClipboard(env, ports(seconds), (report) => cleared.push(report));
    clipboards.push(one);
    return one;
  };
  const pasted = (): string => world.run('terminal', 'show-buffer');
  const arrived = (text: string): Promise<boolean> => until(() => world.copies('terminal').includes(text));

  it('arrives in the terminal and leaves no buffer in tmux', async () => {
    const copied = await clipboard(60).copy(value);
    expect(copied).toEqual({
      ok: true,
      value: {
        route: 'tmux',
        certainty: 'sent',
        clearsAfterSeconds: 60,
        says: 'sent to your terminal through tmux',
      },
    });
    await arrived(value.toString());
    expect(world.run('inner', 'list-buffers')).toBe('');
    // Positive control: a buffer that is not deleted is seen by this look.
    world.run('inner', 'set-buffer', 'left behind');
    expect(world.run('inner', 'list-buffers')).toContain('left behind');
  });

  it('takes the largest value that terminals take, and refuses a larger one', async () => {
    const largest = Buffer.alloc(74_994, 'x');
    expect((await clipboard(60).copy(largest)).ok).toBe(true);
    await until(() => world.run('terminal', 'list-buffers', '-F', '#{buffer_size}').startsWith('74994'));
    const refused = await clipboard(60).copy(Buffer.alloc(74_995, 'x'));
    expect(refused.ok ? null : refused.error.code).toBe('refused');
  });

  it('overwrites the copy when its time is up, and says so', async () => {
    await clipboard(1).copy(value);
    await arrived(value.toString());
    await arrived(' ');
    await until(() => cleared.length > 0);
    expect(cleared.map(({ result }) => result)).toEqual(['asked']);
    expect(world.run('inner', 'list-buffers')).toBe('');
  });

  it('overwrites the copy at once when asked to', async () => {
    const own = clipboard(60);
    await own.copy(value);
    await arrived(value.toString());
    expect((await own.clearNow())?.result).toBe('asked');
    await arrived(' ');
    expect(await own.clearNow()).toBeNull();
  });

  it('overwrites the copy also when the program was killed', async () => {
    const [secret, report] = ['secret', 'report'].map((name) => path.join(world.directory, name)) as [
      string,
      string,
    ];
    writeFileSync(secret, value);
    const copier = spawn(process.execPath, [support('copier.ts'), secret, report, '4'], {
      env,
      stdio: 'ignore',
    });
    const ended = new Promise<string | null>((resolve) => copier.on('exit', (_, signal) => resolve(signal)));
    await arrived(value.toString());
    await until(() => copierReport(report));
    copier.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    expect(pasted()).toBe(value.toString());
    await arrived(' ');
  });

  it('leaves alone what was copied in tmux since', async () => {
    await clipboard(4).copy(value);
    await arrived(value.toString());
    // tmux tells the age of buffers in whole seconds.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    world.run('inner', 'set-buffer', '-w', 'mine');
    await until(() => cleared.length > 0);
    expect(cleared[0]?.result).toBe('not-ours');
    expect(pasted()).toBe('mine');
  });

  it('leaves a newer copy of ours alone, made by this or another process', async () => {
    await clipboard(1).copy(value);
    const newer = clipboard(60);
    await newer.copy(Buffer.from('newer'));
    await until(() => cleared.length > 0);
    expect(cleared[0]?.result).toBe('not-ours');
    await arrived('newer');
    await newer.copy(Buffer.from('newest'));
    await arrived('newest');
    expect((await newer.clearNow())?.result).toBe('asked');
  });

  it('says when no terminal is there to take it', async () => {
    world.run('inner', 'detach-client');
    await until(() => !attached(world));
    const copied = await clipboard(60).copy(value);
    expect(copied.ok ? null : copied.error).toMatchObject({
      says: 'no terminal is attached to tmux',
      hint: expect.stringContaining('tmux attach'),
    });
    expect(world.run('inner', 'list-buffers')).toBe('');
  });

  it('says when tmux is gone', async () => {
    world.run('inner', 'kill-server');
    const copied = await clipboard(60).copy(value);
    expect(copied.ok ? null : copied.error.code).toBe('io');
  });
});

function attached(world: TmuxWorld): boolean {
  try {
    return world.run('inner', 'list-clients') !== '';
  } catch {
    return false;
  }
}
