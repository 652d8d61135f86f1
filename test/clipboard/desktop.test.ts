import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClearReport } from '../../src/app/clipboard/clear-plan.ts';
import { createClipboard } from '../../src/app/clipboard/clipboard.ts';
import { type ClipboardPorts, systemPorts } from '../../src/app/clipboard/clipboard-ports.ts';
import { copierReport, until } from './support/tmux-terminal.ts';

const support = (name: string): string => path.join(import.meta.dirname, 'support', name);
const canary = 'canary-7f3a9c-correct-horse';

/** A desktop whose clipboard program keeps the clipboard in a file and notes how it was called. */
const xsel = `#!/bin/sh
{ echo "called with: $*"; tr '\\0' '\\n' < /proc/self/environ; } >> "$HOME/calls"
case "$*" in
  *--input*) cat > "$HOME/clipboard" ;;
  *--output*) cat "$HOME/clipboard" ;;
esac
`;

let home: string;
const file = (name: string): string => path.join(home, name);
const pasted = (): string => readFileSync(file('clipboard'), 'utf8');

/** What anybody on the machine can read of a process. */
const visibleOf = (pid: number): string =>
  ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'utf8')).join('\n');

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'keyhole-desktop-'));
  mkdirSync(file('bin'));
  writeFileSync(file('bin/xsel'), xsel);
  chmodSync(file('bin/xsel'), 0o755);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function startCopier(
  seconds: number,
  display: Record<string, string> = { DISPLAY: ':99' },
): Promise<{ pid: number; copied: unknown; kill(): Promise<void> }> {
  writeFileSync(file('secret'), canary);
  const env = {
    HOME: home,
    PATH: `${file('bin')}:${process.env['PATH']}`,
    TERM: 'xterm',
    TOKEN: 'of-somebody-else',
    ...display,
  };
  const copier = spawn(
    process.execPath,
    [support('copier.ts'), file('secret'), file('report'), String(seconds)],
    {
      env,
      stdio: 'ignore',
    },
  );
  const ended = new Promise<void>((resolve) => copier.on('exit', () => resolve()));
  const { pid, copied } = await until(() => copierReport(file('report')));
  return {
    pid,
    copied,
    kill: () => {
      copier.kill('SIGKILL');
      return ended;
    },
  };
}

describe.skipIf(process.platform !== 'linux')('copying on a desktop', () => {
  it('reads back what it copied, and clears it although it was killed', async () => {
    const copier = await startCopier(3);
    expect(copier.copied).toEqual({
      ok: true,
      value: {
        route: 'desktop',
        certainty: 'copied',
        clearsAfterSeconds: 3,
        says: 'copied, a clipboard history may keep it',
      },
    });
    await copier.kill();
    expect(pasted()).toBe(canary);
    await until(() => pasted() === '');
  });

  it('leaves alone what somebody copied since', async () => {
    const copier = await startCopier(2);
    const [helper] = childrenOf(copier.pid);
    writeFileSync(file('clipboard'), 'mine');
    await copier.kill();
    await until(() => helper !== undefined && !isAlive(helper));
    expect(pasted()).toBe('mine');
    expect(readFileSync(file('calls'), 'utf8').match(/--output/g)).toHaveLength(2);
  });

  it('takes back what lands after it was given up', async () => {
    const watched = xsel.replace('> "$HOME/clipboard"', '| tee -a "$HOME/landed" > "$HOME/clipboard"');
    writeFileSync(file('bin/xsel'), watched.replace('*--input*) cat', '*--input*) sleep 1; cat'));
    const script = `
      const { loadDesktopClipboard } = await import('${new URL('../../src/app/clipboard/desktop-clipboard.ts', import.meta.url).href}');
      const desktop = await loadDesktopClipboard(200);
      console.log(await desktop.write(process.argv[1]).then(() => 'copied', (error) => error.message));
    `;
    const env = { HOME: home, PATH: `${file('bin')}:${process.env['PATH']}`, DISPLAY: ':99' };
    const told = execFileSync(process.execPath, ['--input-type=module', '-e', script, canary], { env });
    expect(told.toString()).toBe('the clipboard does not answer\n');
    // It landed, which is what this is about, and then it went.
    expect(readFileSync(file('landed'), 'utf8')).toBe(canary);
    expect(pasted()).toBe('');
  });

  it('shows the value to nobody: not in arguments, not in environments', async () => {
    const copier = await startCopier(60);
    const [helper] = childrenOf(copier.pid);
    if (helper === undefined) throw new Error('no helper is running');
    expect(visibleOf(helper)).toContain('internal-clear-clipboard');
    for (const pid of [copier.pid, helper]) expect(visibleOf(pid)).not.toContain(canary);
    const calls = readFileSync(file('calls'), 'utf8');
    // The program that serves the clipboard stays behind, with what it needs of the environment.
    expect(visibleOf(copier.pid)).toContain('TOKEN=of-somebody-else');
    expect(calls).toContain(`HOME=${home}`);
    expect(calls).not.toContain('of-somebody-else');
    expect(calls).toContain('called with: --clipboard --input');
    expect(calls).not.toContain(canary);
    // Positive control: the same looks find a value that was passed carelessly.
    const careless = spawn('sleep', ['60'], { env: { PATH: process.env['PATH'], LEAK: canary } });
    const carelessArgument = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)', canary]);
    for (const child of [careless, carelessArgument]) {
      await until(() => visibleOf(child.pid ?? 0).includes(canary));
      child.kill();
    }
    await copier.kill();
    process.kill(helper, 'SIGTERM');
    // Told to go, it clears first.
    await until(() => pasted() === '');
  });
});

describe.skipIf(process.platform !== 'linux')('copying on a Wayland desktop', () => {
  const wlCopy = (help: string): string => `#!/bin/sh
echo "called with: $*" >> "$HOME/calls"
case "$*" in
  *--help*) echo '${help}' ;;
  *) cat > "$HOME/clipboard" ;;
esac
`;
  const install = (name: string, script: string): void => {
    writeFileSync(file(`bin/${name}`), script);
    chmodSync(file(`bin/${name}`), 0o755);
  };
  const wayland = { WAYLAND_DISPLAY: 'wayland-1', XDG_SESSION_TYPE: 'wayland' };

  it.each([
    ['  -s, --sensitive   hint that the data is sensitive', '--sensitive --type text/plain', 'copied'],
    ['  -n, --trim-newline', '--type text/plain', 'copied, a clipboard history may keep it'],
  ])('asks histories not to keep it where wl-copy can: %s', async (help, arguments_, says) => {
    install('wl-copy', wlCopy(help));
    install('wl-paste', '#!/bin/sh\ncat "$HOME/clipboard"\n');
    const copier = await startCopier(2, wayland);
    expect(copier.copied).toMatchObject({ ok: true, value: { route: 'desktop', certainty: 'copied', says } });
    expect(readFileSync(file('calls'), 'utf8')).toContain(`called with: ${arguments_}\n`);
    await until(() => pasted() === '');
    await copier.kill();
  });
});

describe('a desktop in process', () => {
  const ports = (write: (text: string) => void, read: () => string): ClipboardPorts => ({
    ...systemPorts,
    platform: 'darwin',
    terminal: '/nonexistent/tty',
    self: null,
    desktop: async () => ({
      async write(text) {
        write(text);
        return { sensitive: false };
      },
      read: async () => read(),
    }),
  });
  const copy = (with_: ClipboardPorts) => createClipboard({}, with_).copy(Buffer.from(canary));

  it('claims a copy only when it read the same back', async () => {
    let held = '';
    const good = await copy(
      ports(
        (text) => {
          held = text;
        },
        () => held,
      ),
    );
    const mute = await copy(
      ports(
        () => undefined,
        () => '',
      ),
    );
    expect(good.ok && [good.value.certainty, good.value.says]).toEqual([
      'copied',
      'copied, a clipboard history may keep it',
    ]);
    expect(mute.ok && mute.value.certainty).toBe('sent');
  });

  it('quotes nothing of a failing clipboard program', async () => {
    const failed = await copy(
      ports(
        (text) => {
          throw new Error(`cannot copy ${text}`);
        },
        () => '',
      ),
    );
    expect(failed.ok ? null : failed.error.code).toBe('io');
    expect(JSON.stringify(failed)).not.toContain(canary);
  });

  it('falls back to the terminal, and says why', async () => {
    const broken: ClipboardPorts = {
      ...ports(
        () => {
          throw new Error('no display');
        },
        () => '',
      ),
      terminal: '/dev/null',
    };
    const copied = await copy(broken);
    expect(copied.ok && [copied.value.route, copied.value.certainty, copied.value.says]).toEqual([
      'osc52',
      'sent',
      'sent to your terminal (no desktop clipboard program works here)',
    ]);
  });

  it('clears at once on request, and reports it', async () => {
    let held = '';
    const reports: ClearReport[] = [];
    const clipboard = createClipboard(
      {},
      ports(
        (text) => {
          held = text;
        },
        () => held,
      ),
      (report) => reports.push(report),
    );
    await clipboard.copy(Buffer.from(canary));
    expect(held).toBe(canary);
    // No helper was started, so there is nobody to clear: said as such.
    expect(await clipboard.clearNow()).toBeNull();
    expect(reports).toEqual([]);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
