/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is Nix text */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { findProgram } from '../../src/store/find-program.ts';
import { evaluateWithNix } from '../../src/store/nix/nix-instantiate.ts';
import { fullNixTime } from '../../src/store/nix/nix-time.ts';
import { readRulesWithFallback } from '../../src/store/nix/read-rules-with-fallback.ts';
import { git, gitRepository } from '../support/git-repository.ts';
import { describeWithPeers } from '../support/peers.ts';
import { runningProcesses } from '../support/processes.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { memoryFiles } from './support/memory-files.ts';
import { writeFiles } from './support/write-files.ts';

/** A repository, and a PATH whose nix-instantiate is this shell script. */
function withFakeNix(script: string, rules = '{ "a.age".publicKeys = [ "k" ]; }') {
  const root = writeFiles({ 'secrets.nix': rules });
  const bin = writeFiles({ 'nix-instantiate': `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n` });
  chmodSync(join(bin, 'nix-instantiate'), 0o755);
  const env = { PATH: `${bin}:/usr/bin:/bin`, SECRET: 'from the environment' };
  return { root, bin, rulesPath: join(root, 'secrets.nix'), env, timeout: 10_000 };
}

const isRunning = (pid: number): boolean => {
  try {
    // A killed process that nobody has waited for yet is not running.
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};

describe('the program', () => {
  test('is taken from absolute entries of PATH only', () => {
    const { bin } = withFakeNix('true');
    expect(findProgram('nix-instantiate', `relative:.::${bin}`)).toBe(join(bin, 'nix-instantiate'));
    const before = process.cwd();
    process.chdir(bin);
    try {
      expect(findProgram('nix-instantiate', '.::')).toBeNull();
    } finally {
      process.chdir(before);
    }
    expect(findProgram('nix-instantiate', undefined)).toBeNull();
  });

  test('must be an executable file', () => {
    const bin = writeFiles({ 'nix-instantiate': 'x' });
    expect(findProgram('nix-instantiate', bin)).toBeNull();
    const directories = writeFiles({});
    mkdirSync(join(directories, 'nix-instantiate'));
    expect(findProgram('nix-instantiate', directories)).toBeNull();
  });

  test('gets no environment, no standard input, and the path as an argument of its own', async () => {
    const request = withFakeNix(
      'printf "%s\\n" "$@" > "$(dirname "$0")/args"; env > "$(dirname "$0")/env"; cat > "$(dirname "$0")/in"; echo "{}"',
    );
    expect(await evaluateWithNix(request)).toEqual({ ok: true, value: {} });
    const [args, env, input] = ['args', 'env', 'in'].map((name) =>
      readFileSync(join(request.bin, name), 'utf8'),
    );
    expect(args?.split('\n')).toEqual(
      expect.arrayContaining(['restrict-eval', '--argstr', request.rulesPath, '{p}: import (/. + p)']),
    );
    expect(env).not.toContain('from the environment');
    expect(env).toContain('NIX_REMOTE=dummy://');
    expect(env).toContain(`GC_MAXIMUM_HEAP_SIZE=${768 * 1024 ** 2}`);
    expect(input).toBe('');
  });

  test('that fails is not believed, however good its output looks', async () => {
    const request = withFakeNix('echo \'{"a.age":{"publicKeys":[]}}\'; echo "error: boom" >&2; exit 1');
    expect(await evaluateWithNix(request)).toEqual({
      ok: false,
      error: { code: 'bad-rules', says: 'nix-instantiate: boom', where: 'secrets.nix' },
    });
  });

  test('that prints something else than JSON is told', async () => {
    expect(await evaluateWithNix(withFakeNix('echo "{ nix }"'))).toMatchObject({
      ok: false,
      error: { says: expect.stringContaining('something else than JSON') },
    });
  });

  test('is killed with its children when it takes too long', async () => {
    const request = withFakeNix('sleep 300 & echo $! > "$(dirname "$0")/child"; wait');
    const result = await evaluateWithNix({ ...request, timeout: 700 });
    expect(result).toMatchObject({
      ok: false,
      error: { says: expect.stringContaining('stopped after 0.7 s') },
    });
    const child = Number(readFileSync(join(request.bin, 'child'), 'utf8'));
    expect(child).toBeGreaterThan(0);
    await expect.poll(() => isRunning(child), { timeout: 5000 }).toBe(false);
  });

  test('is killed when it prints too much', async () => {
    const request = withFakeNix('while true; do echo "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; done');
    expect(await evaluateWithNix({ ...request, outputLimit: 100_000 })).toMatchObject({
      ok: false,
      error: { says: expect.stringContaining('more than 100000 bytes') },
    });
  });

  test('is killed when the caller gives up', async () => {
    const request = withFakeNix('sleep 300');
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    expect(await evaluateWithNix(request, controller.signal)).toMatchObject({
      ok: false,
      error: { says: 'nix-instantiate: cancelled' },
    });
  });

  test('is not started for a rules file outside the repository', async () => {
    const request = withFakeNix('touch "$(dirname "$0")/ran"; echo "{}"');
    const result = await evaluateWithNix({ ...request, root: writeFiles({}) });
    expect(result).toMatchObject({ ok: false, error: { code: 'refused' } });
    expect(existsSync(join(request.bin, 'ran'))).toBe(false);
  });
});

describe('what keyhole cannot evaluate', () => {
  const unsupported = '{\n  "a.age".publicKeys = [ (builtins.storePath "k") ];\n}';
  const ask = (rules: string, script: string, more: object = {}) => {
    const { root, rulesPath, env, bin } = withFakeNix(script, rules);
    const files = memoryFiles({});
    const input = {
      root,
      rulesPath,
      env,
      files: {
        ...files,
        readFile: () => ({ ok: true, value: readFileSync(rulesPath) }) as const,
        exists: () => true,
      },
      nixTime: fullNixTime(),
      ...more,
    };
    return { result: readRulesWithFallback(input), bin };
  };
  const answer =
    'printf %s \'{"a.age":{"publicKeys":["k\\nl\\n"],"armor":true},"b":{"publicKeys":[]},"c":1,"c.age":{}}\'';

  test('as a whole goes to nix-instantiate', async () => {
    expect(await ask('import (builtins.storePath "k")', answer).result).toEqual({
      ok: true,
      value: {
        entries: [
          {
            key: 'a.age',
            armor: true,
            publicKeys: [
              { text: 'k', names: [], via: [] },
              { text: 'l', names: [], via: [] },
            ],
          },
        ],
        broken: [
          {
            key: 'b',
            error: expect.objectContaining({ says: 'b has no public keys, so nobody could read it' }),
          },
          { key: 'c.age', error: expect.objectContaining({ says: 'it has no publicKeys' }) },
        ],
        groups: [],
        filesRead: [expect.stringContaining('secrets.nix')],
        evaluatedBy: 'nix-instantiate',
      },
    });
  });

  test('in one entry is asked of Nix; the others keep their names', async () => {
    const rules = `let\n  bob = "l";\nin {\n "a.age".publicKeys = [ (builtins.storePath "k") ];\n "b".publicKeys = [ bob ];\n}`;
    const result = await ask(rules, answer).result;
    expect(result.ok && result.value).toMatchObject({
      broken: [],
      evaluatedBy: 'nix-instantiate',
    });
    expect(result.ok && result.value.entries).toMatchObject([
      { key: 'a.age', at: { file: 'secrets.nix', line: 4 }, publicKeys: [{ text: 'k' }, { text: 'l' }] },
      { key: 'b', publicKeys: [{ text: 'l', names: [{ text: 'bob', source: 'binding' }] }] },
    ]);
  });

  test('names construct and line when Nix fails too', async () => {
    const result = await ask(unsupported, 'exit 1').result;
    expect(result.ok && result.value.broken[0]?.error).toMatchObject({
      says: 'keyhole does not evaluate this: builtins.storePath is not supported; nix-instantiate: it gave no reason',
      where: 'secrets.nix:2',
    });
  });

  test('tells to install Nix only whoever has none', async () => {
    const hintOf = async (more: object) => {
      const result = await ask(unsupported, 'exit 1', more).result;
      return result.ok && result.value.broken[0]?.error.hint;
    };
    expect(await hintOf({})).toBeUndefined();
    expect(await hintOf({ env: { PATH: '/nonexistent' } })).toMatch(/^install Nix/);
    expect(await hintOf({ nixTime: null })).toMatch(/^name the file with --rules/);
  });

  test('takes its time off that of all rules, and nobody is asked when it is used up', async () => {
    const nixTime = { left: 300 };
    const slow = await ask(unsupported, 'exec sleep 60', { nixTime }).result;
    expect(slow.ok && slow.value.broken[0]?.error).toEqual({
      code: 'bad-rules',
      says: 'keyhole does not evaluate this: builtins.storePath is not supported; nix-instantiate: stopped after 0.3 s',
      where: 'secrets.nix:2',
    });
    expect(nixTime.left).toBeLessThanOrEqual(0);
    const next = ask(unsupported, 'touch "$(dirname "$0")/ran"', { nixTime });
    const result = await next.result;
    expect(result.ok && result.value.broken[0]?.error.says).toMatch(/other rules took all its time$/);
    expect(existsSync(join(next.bin, 'ran'))).toBe(false);
  });

  test.each([
    ['what it can', '{ "a.age".publicKeys = [ "k" ]; }', {}],
    ['a hostile file', 'let f = x: f x; in f 1', {}],
    [
      'what has Nix run git',
      '{ "a.age".publicKeys = [ (builtins.readFile "${builtins.fetchGit ./.}/k") ]; }',
      {},
    ],
    ['a module', '{ config, ... }: { }', {}],
    ['a file that only might be rules', unsupported, { nixTime: null }],
  ])('but %s does not', async (_, rules, more) => {
    const { result, bin } = ask(rules, `touch "$(dirname "$0")/ran"; ${answer}`, more);
    await result;
    expect(existsSync(join(bin, 'ran'))).toBe(false);
  });
});

describeWithPeers('real nix-instantiate, restricted', ['nix-instantiate'], () => {
  let outside = '';
  beforeAll(() => {
    outside = writeFiles({ 'k.nix': '"leaked"' });
  });
  const evaluate = (text: string, more: Readonly<Record<string, string>> = {}) => {
    const root = writeFiles({ 'secrets.nix': text, ...more });
    return evaluateWithNix({ root, rulesPath: join(root, 'secrets.nix'), env: process.env, timeout: 10_000 });
  };

  test('reads rules, also where the path has spaces and quotes', async () => {
    const root = writeFiles({
      'a "b" ${c}/secrets.nix': 'import ../k.nix',
      'k.nix': '{ a.publicKeys = [ "k" ]; }',
    });
    const rulesPath = join(root, 'a "b" ${c}/secrets.nix');
    expect(await evaluateWithNix({ root, rulesPath, env: process.env, timeout: 10_000 })).toEqual({
      ok: true,
      value: { a: { publicKeys: ['k'] } },
    });
  });

  test('sees no environment', async () => {
    process.env['KEYHOLE_TEST_VARIABLE'] = 'leaked';
    expect(await evaluate('builtins.getEnv "KEYHOLE_TEST_VARIABLE" + builtins.getEnv "PATH"')).toEqual({
      ok: true,
      value: '',
    });
  });

  test('starts no git, which would run what the repository says', async () => {
    const marks = temporaryDirectory();
    const rules = '{ "a.age".publicKeys = [ (builtins.readFile "${builtins.fetchGit ./.}/k.pub") ]; }';
    const root = gitRepository({ 'secrets.nix': rules, 'k.pub': 'k' });
    git(root, 'config', 'core.fsmonitor', `touch ${join(marks, 'ran')}; false`);
    writeFileSync(join(root, 'k.pub'), 'changed');
    const rulesPath = join(root, 'secrets.nix');
    const result = await evaluateWithNix({ root, rulesPath, env: process.env, timeout: 10_000 });
    expect(result).toMatchObject({ error: { says: expect.stringMatching(/git/) } });
    expect(readdirSync(marks)).toEqual([]);
    git(root, 'status'); // the trap is armed
    expect(readdirSync(marks)).toEqual(['ran']);
  });

  describe.skipIf(process.platform !== 'linux')('and memory', () => {
    // Doubles a list of pointers; Nix needs no time worth mentioning for it.
    const bomb = 'builtins.foldl\' (list: _: list ++ list) [ "x" ] (builtins.genList (n: n) 40)';

    /** What became of it, and the most memory that Nix had in use, in KiB. */
    async function explode(memory?: number) {
      const root = writeFiles({ 'secrets.nix': bomb });
      const more = memory === undefined ? {} : { memory };
      const request = {
        root,
        rulesPath: join(root, 'secrets.nix'),
        env: process.env,
        timeout: 60_000,
        ...more,
      };
      const stop = new AbortController();
      let most = 0;
      const timer = setInterval(() => {
        for (const { pid, commandLine } of runningProcesses()) {
          if (commandLine.includes(root)) most = Math.max(most, peakOf(pid));
        }
        if (most > 1.5 * oneGiB) stop.abort();
      }, 5);
      const result = await evaluateWithNix(request, stop.signal);
      clearInterval(timer);
      return { result, most };
    }

    const oneGiB = 1024 ** 2; // KiB
    const peakOf = (pid: number): number => {
      try {
        return Number(/^VmHWM:\s*([0-9]+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
      } catch {
        return 0; // It ended meanwhile.
      }
    };

    test('is less than 1 GiB for rules that take all there is', async () => {
      const { result, most } = await explode();
      expect(result).toMatchObject({ ok: false, error: { code: 'bad-rules' } });
      expect(JSON.stringify(result)).toContain('out of memory');
      expect(most).toBeGreaterThan(0.1 * oneGiB); // it was looked at
      expect(most).toBeLessThan(oneGiB);
    });

    test('would be more without the limit', async () => {
      const { result, most } = await explode(8 * oneGiB);
      expect(result).toMatchObject({ error: { says: 'nix-instantiate: cancelled' } });
      expect(most).toBeGreaterThan(1.5 * oneGiB);
    });

    test('is enough for ten thousand files', async () => {
      const rules = `builtins.listToAttrs (builtins.genList (n: {
        name = "secrets/file-${'$'}{toString n}.age";
        value.publicKeys = builtins.genList (m: "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq${'$'}{toString m}") 10;
      }) 10000)`;
      const result = await evaluate(rules);
      expect(result.ok && Object.keys(Object(result.value))).toHaveLength(10_000);
    });
  });

  test.each([
    ['a file outside', () => 'builtins.readFile /etc/passwd'],
    ['a climb', () => 'builtins.readFile ../../../../../etc/passwd'],
    ['an import outside', () => `import ${outside}/k.nix`],
    ['a link outside', () => 'import ./link.nix'],
    ['the network', () => 'builtins.fetchurl "http://127.0.0.1:1/x"'],
    ['a tarball', () => 'fetchTarball "http://127.0.0.1:1/x"'],
    ['a program', () => 'builtins.exec [ "id" ]'],
    [
      'a build',
      () => 'import (derivation { name = "x"; system = builtins.currentSystem; builder = "/bin/sh"; })',
    ],
    ['endless recursion', () => 'let f = x: 1 + f x; in f 1'],
    ['a search path', () => 'import <nixpkgs> { }'],
    ['partial output', () => '{ "a.age".publicKeys = [ "k" (throw "late") ]; }'],
  ])('refuses %s', async (_, text) => {
    const result = await evaluate(text(), { 'link.nix': `-> ${outside}/k.nix` });
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain('leaked');
  });
});
