import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { World } from '../../src/cli/cli-io.ts';
import { runCli } from '../../src/cli/run.ts';
import { ok } from '../../src/core/outcome.ts';
import { builtProgram } from '../support/built-program.ts';
import { describeWithPeers } from '../support/peers.ts';
import { buildHouseOfSecrets, canary, type HouseOfSecrets } from './support/house-of-secrets.ts';
import { runKeyhole } from './support/run-keyhole.ts';

let house: HouseOfSecrets;
beforeAll(async () => {
  house = await buildHouseOfSecrets();
});
afterAll(() => house.remove());

const keyhole = (words: readonly string[], env: Record<string, string> = {}) =>
  runKeyhole(words, { home: house.home, cwd: house.root, env });

/** All code that a run loaded: V8 lists the scripts, and the bundle names the source of each part of them. */
function loadedCode(...words: string[]): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'keyhole-coverage-'));
  try {
    expect(keyhole(words, { NODE_V8_COVERAGE: directory }).stderr).toBe('');
    const scripts = readdirSync(directory).flatMap((file) => {
      const { result } = JSON.parse(readFileSync(path.join(directory, file), 'utf8')) as {
        result: { url: string }[];
      };
      return result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
    });
    expect(scripts.length).toBeGreaterThan(1);
    return scripts.map((url) => readFileSync(fileURLToPath(url), 'utf8')).join('\n');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function loadedPackages(...words: string[]): string[] {
  const names = loadedCode(...words).matchAll(/^\/\/ node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm);
  return [...new Set([...names].map((match) => match[1] ?? ''))].sort();
}

describe('starting', () => {
  test.each([
    ['list', '--json'],
    ['who', 'db'],
    ['what', 'alice'],
    ['matrix'],
    ['--version'],
    ['--help'],
    ['completion', 'zsh'],
  ])('%s loads no package but a hash', (...words) => {
    expect([[], ['@noble/hashes']]).toContainEqual(loadedPackages(...words));
  });

  test('get of a plain value loads neither yaml nor age-encryption; yaml is seen where it is needed', () => {
    expect(loadedPackages('get', 'db')).not.toContain('yaml');
    expect(loadedPackages('get', 'db')).not.toContain('age-encryption');
    expect(loadedPackages('get', 'app.yaml.age#db.password')).toContain('yaml');
  });

  test('what only reads loads nothing that writes, and what writes loads no engine that it does not use', () => {
    const transaction = '// src/store/transaction/transaction.ts';
    const writing = loadedCode('set', '-q', 'secrets/two-lines.age', '--value', 'x');
    expect(writing).toContain(transaction);
    for (const name of ['age-encryption', 'yaml']) expect(writing).not.toContain(`// node_modules/${name}/`);
    for (const words of [['list'], ['get', 'db'], ['check', '-q']]) {
      const code = loadedCode(...words);
      expect(code).not.toContain(transaction);
      expect(code).not.toContain('// src/store/transaction/recover.ts');
    }
  });

  test('works where nothing can be cached', () => {
    for (const env of [
      { HOME: '/nonexistent' },
      { XDG_CACHE_HOME: '/proc/1/cache' },
      { XDG_CACHE_HOME: 'relative' },
    ]) {
      expect(keyhole(['--version'], env)).toMatchObject({ status: 0, stderr: '' });
    }
  });
});

describe('a process others could look into', () => {
  test.each([
    '--inspect=0',
    '--require=/dev/null',
    '--import data:text/javascript,',
    '--heapsnapshot-signal=SIGUSR2',
  ])('loads no keys with NODE_OPTIONS=%s', (options) => {
    for (const words of [['get', 'db'], ['list'], ['check'], ['copy', 'db']]) {
      const ran = keyhole(words, { NODE_OPTIONS: options });
      expect({ status: ran.status, text: ran.text }).toEqual({ status: 2, text: '' });
      expect(ran.stderr).toContain('no keys are loaded');
    }
    expect(keyhole(['--version'], { NODE_OPTIONS: options }).status).toBe(0);
  });

  test('loads them when told so, and with harmless options', () => {
    const forced = keyhole(['get', 'db'], { NODE_OPTIONS: '--require=/dev/null', KEYHOLE_ALLOW_DEBUG: '1' });
    expect(forced.text).toContain(canary);
    expect(keyhole(['get', 'db'], { NODE_OPTIONS: '--max-old-space-size=256 --no-warnings' }).text).toContain(
      canary,
    );
  });

  test('does not open its debugger on SIGUSR1, which plain Node does', async () => {
    const opened = async (words: readonly string[]): Promise<boolean> => {
      const child = spawn(process.execPath, words, { stdio: ['pipe', 'ignore', 'pipe'] });
      let stderr = '';
      child.stderr.on('data', (text: Buffer) => {
        stderr += text.toString();
      });
      // Both wait for stdin; the end of it is the end of them.
      await new Promise((resolve) => setTimeout(resolve, 500));
      child.kill('SIGUSR1');
      await new Promise((resolve) => setTimeout(resolve, 500));
      child.stdin.end();
      await once(child, 'close');
      return stderr.includes('Debugger listening');
    };
    expect(await opened(['-e', 'process.stdin.resume()'])).toBe(true);
    expect(await opened([builtProgram(), 'internal-clear-clipboard'])).toBe(false);
  });
});

describeWithPeers('a reader that goes away', ['bash'], () => {
  test.each([['list'], ['list --json'], ['get db'], ['matrix'], ['help'], ['completion bash']])(
    'is no error of %s',
    (words) => {
      const script = `set -o pipefail; "$@" ${words} | true`;
      const ran = spawnSync('bash', ['-c', script, 'bash', process.execPath, builtProgram()], {
        cwd: house.root,
        env: { PATH: process.env['PATH'], HOME: house.home },
        encoding: 'utf8',
      });
      expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: '' });
    },
  );
});

describe('a bug', () => {
  const sink = () => {
    let text = '';
    return {
      isTerminal: () => true,
      columns: () => undefined,
      write: (data: string | Uint8Array) => {
        text += Buffer.from(data).toString();
        return ok('written' as const);
      },
      said: () => text,
    };
  };

  test('ends with exit 1 and one line that names its place and not its message', async () => {
    const [stdout, stderr] = [sink(), sink()];
    const io: World = {
      env: {},
      cwd: '/',
      version: '0',
      stdout,
      stderr,
      stdinIsTerminal: () => {
        throw new TypeError(`unexpected token in ${canary}`);
      },
      isPath: () => true,
      openedBy: null,
      showUi: async () => 0,
      keyBindings: async () => [],
    };
    expect(await runCli(['/somewhere'], io)).toBe(1);
    expect(stderr.said()).toMatch(/^keyhole: unexpected error \(TypeError at start\.test\.ts:\d+:\d+\)\n/);
    expect(stderr.said() + stdout.said()).not.toContain(canary);
  });
});
