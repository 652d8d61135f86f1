import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { builtProgram } from '../support/built-program.ts';
import { describeWithPeers } from '../support/peers.ts';
import { zoo } from './animals.ts';
import { buildCage, type Cage, goodSecret } from './cage.ts';
import { readTrace, straceOptions, type Trace } from './read-trace.ts';

const temporary = realpathSync(tmpdir());

/** The program as it is shipped, and the driver, put together from the same sources by the same build. */
let program = '';
let built = '';
beforeAll(() => {
  built = realpathSync(mkdtempSync(join(temporary, 'keyhole-zoo-built-')));
  program = realpathSync(builtProgram());
  const build = resolve(import.meta.dirname, '../../scripts/build.mjs');
  execFileSync(process.execPath, [build, built, resolve(import.meta.dirname, 'driver.ts')]);
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

/** What Node, git and Nix open to start at all, and where keyhole looks for the user's own keys. */
const programFiles = [
  dirname(realpathSync(process.execPath)),
  '/usr/',
  '/lib/',
  '/lib64/',
  '/proc/',
  '/sys/',
  '/nix/',
  'mnt:[', // Nix looks at its own mount namespace
  '/dev/null',
  '/dev/urandom',
  '/dev/pts/',
  '/etc/ld.so.cache',
  '/etc/ssl/openssl.cnf',
  '/etc/nsswitch.conf',
  '/etc/passwd',
  '/etc/group',
  '/etc/localtime',
  '/etc/gitconfig', // whether the machine's own settings name hooks
  '/etc/ssh/ssh_host_ed25519_key',
  // Where an editor killed in the middle of its work may have left what it edited, which a start takes away.
  `/dev/shm/keyhole-${process.getuid?.()}`,
  join(temporary, 'keyhole-git-'),
  join(temporary, 'keyhole-nix-'),
];

interface Run {
  readonly trace: Trace;
  readonly answers: readonly string[];
}

function trace(
  cages: readonly Cage[],
  open: readonly (readonly string[])[],
  ...more: readonly string[]
): Run {
  const scratch = scratchDirectory();
  const [plan, answers] = [join(scratch, 'plan.json'), join(scratch, 'answers.json')];
  const destinations = cages.map(({ root, home }, index) => ({ root, home, open: open[index] ?? [] }));
  writeFileSync(plan, JSON.stringify(destinations));
  const command = [process.execPath, join(built, 'driver.js'), plan, answers, ...more];
  const seen = straced(scratch, command, cages[0]?.home ?? '');
  return { answers: JSON.parse(readFileSync(answers, 'utf8')) as string[], trace: seen.trace };
}

function scratchDirectory(): string {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'keyhole-trace-')));
  onTestFinished(() => rmSync(scratch, { recursive: true, force: true }));
  return scratch;
}

function straced(
  scratch: string,
  command: readonly string[],
  home: string,
): { trace: Trace; output: string } {
  const traces = join(scratch, 'traces');
  mkdirSync(traces);
  const run = spawnSync('strace', [...straceOptions(join(traces, 't')), ...command], {
    encoding: 'utf8',
    timeout: 500_000,
    killSignal: 'SIGKILL',
    env: { PATH: process.env['PATH'], HOME: home },
  });
  expect(run.stderr).toBe('');
  expect(run.status).toBe(0);
  const seen = readTrace(traces);
  const opened = seen.opened.filter((path) => !path.startsWith(`${scratch}/`));
  return { trace: { ...seen, opened }, output: run.stdout };
}

/** Somebody who types two commands in a repository. */
function typeCommands({ root, home }: Cage): { trace: Trace; output: string } {
  const scratch = scratchDirectory();
  const script = join(scratch, 'commands.sh');
  const keyhole = `'${process.execPath}' '${program}'`;
  const lines = [
    `cd '${root}'`,
    `${keyhole} check --json > /dev/null 2>&1`,
    `${keyhole} get ${goodSecret}#user 2> /dev/null; echo " $?"`,
  ];
  writeFileSync(script, `${lines.join('\n')}\n`);
  return straced(scratch, ['/bin/sh', script], home);
}

/** What a run did that keyhole must never do. */
function violations({ opened, started, connected }: Trace, cages: readonly Cage[]): readonly string[] {
  const allowed = [
    built,
    dirname(program),
    ...programFiles,
    ...cages.flatMap(({ root, home }) => [`${root}/`, `${home}/`]),
  ];
  const roots = new Set(cages.flatMap(({ root, home }) => [root, home]));
  const isOurs = ({ program: started, args }: Trace['started'][number]): boolean =>
    (started === process.execPath && [`"${built}/`, `"${program}"`].some((ours) => args.includes(ours))) ||
    (started === '/bin/sh' && args.includes('/commands.sh')) ||
    // A shell sets the limits, and becomes the program.
    (started === '/bin/sh' && /"\{ ulimit .*\/nix-instantiate".*"restrict-eval", "true"/.test(args)) ||
    (/^\/.*\/git$/.test(started) &&
      /"--no-pager".*"core.fsmonitor=false".*"(log", "-1|ls-tree|check-attr|config|cat-file", "--batch(-check)?)"/.test(
        args,
      )) ||
    // History: whole, and therefore also where a driver for differences could be named.
    (/^\/.*\/git$/.test(started) &&
      /"--no-pager".*"core.fsmonitor=false".*"log", "(-p|--raw)".*"--no-ext-diff", "--no-textconv"/.test(
        args,
      )) ||
    (/^\/.*\/(nix-instantiate|nix|env|prlimit|timeout)$/.test(started) &&
      /"restrict-eval", "true"/.test(args));
  return [
    ...opened
      .filter((path) => !roots.has(path) && !allowed.some((prefix) => path.startsWith(prefix)))
      .map((path) => `opened ${path}`),
    ...started.filter((one) => !isOurs(one)).map(({ program, args }) => `started ${program} ${args}`),
    // glibc asks its name service cache, a local socket, who the user is.
    ...connected.filter((line) => !line.includes('/nscd/socket')).map((line) => `connected ${line}`),
  ];
}

async function buildAll(): Promise<readonly Cage[]> {
  const cages: Cage[] = [];
  onTestFinished(() => {
    for (const { root } of cages) rmSync(dirname(root), { recursive: true, force: true });
  });
  for (const { animal } of zoo) {
    const cage = await buildCage(animal.name);
    cages.push(cage);
    await animal.build(cage);
  }
  return cages;
}

describeWithPeers('what the kernel sees of a visit to the zoo', ['strace', 'git'], () => {
  test('nothing outside is opened, nothing foreign is started, nothing is connected to', async () => {
    const cages = await buildAll();
    const open = zoo.map(({ animal }) => (animal.sign.open ? [animal.sign.open.id] : []));
    const run = trace(cages, open);
    expect(run.answers).toHaveLength(zoo.length);
    expect(violations(run.trace, cages)).toEqual([]);
    for (const cage of cages) expect(readdirSync(cage.marks)).toEqual([]);
    // The trace is not blind: it saw the files and the program that it must have seen.
    expect(run.trace.opened).toContain(join(cages[0]?.root ?? '', 'good/good.age'));
    expect(run.trace.started.some(({ program }) => program.endsWith('/git'))).toBe(true);
  }, 600_000);

  test('nor by the commands of the program', async () => {
    const cages = await buildAll();
    for (const cage of cages) {
      // A trace for each: in one of all of them process ids come round, and what came first is overwritten.
      const { trace: seen, output } = typeCommands(cage);
      expect(violations(seen, [cage])).toEqual([]);
      expect(readdirSync(cage.marks)).toEqual([]);
      // Both of them ran, and found what they were asked for.
      expect(output).toBe('app 0\n');
      const commands = seen.started.filter((one) => one.args.includes(program));
      expect(commands.map(({ args }) => /"(check|get)"/.exec(args)?.[1]).sort()).toEqual(['check', 'get']);
    }
  }, 600_000);

  test('a program that does misbehave is caught at each of its deeds', async () => {
    const cage = await buildCage('control');
    onTestFinished(() => rmSync(dirname(cage.root), { recursive: true, force: true }));
    const caught = violations(trace([cage], [[]], '--misbehave').trace, [cage]).join('\n');
    expect(caught).toContain(`opened ${cage.outside}/canary.txt`);
    expect(caught).toContain('opened /etc/hostname');
    expect(caught).toMatch(/started \/\S*\/true/);
    expect(caught).toMatch(/connected connect\(.*AF_INET.*htons\(9\)/);
  }, 120_000);
});
