import { spawnSync } from 'node:child_process';
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
import { expect, onTestFinished, test } from 'vitest';
import { describeWithPeers } from '../support/peers.ts';
import { zoo } from './animals.ts';
import { buildCage, type Cage } from './cage.ts';
import { readTrace, straceOptions, type Trace } from './read-trace.ts';

const repository = resolve(import.meta.dirname, '../..');
const temporary = realpathSync(tmpdir());

/** What Node, git and Nix open to start at all, and where keyhole looks for the user's own keys. */
const programFiles = [
  repository,
  realpathSync(join(repository, 'node_modules')),
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
  '/etc/ssh/ssh_host_ed25519_key',
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
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'keyhole-trace-')));
  onTestFinished(() => rmSync(scratch, { recursive: true, force: true }));
  const traces = join(scratch, 'traces');
  mkdirSync(traces);
  const [plan, answers] = [join(scratch, 'plan.json'), join(scratch, 'answers.json')];
  const destinations = cages.map(({ root, home }, index) => ({ root, home, open: open[index] ?? [] }));
  writeFileSync(plan, JSON.stringify(destinations));
  const command = [process.execPath, join(import.meta.dirname, 'driver.ts'), plan, answers, ...more];
  const run = spawnSync('strace', [...straceOptions(join(traces, 't')), ...command], {
    encoding: 'utf8',
    timeout: 500_000,
    killSignal: 'SIGKILL',
    env: { PATH: process.env['PATH'], HOME: cages[0]?.home },
  });
  expect(run.stderr).toBe('');
  expect(run.status).toBe(0);
  const seen = readTrace(traces);
  return {
    answers: JSON.parse(readFileSync(answers, 'utf8')) as string[],
    trace: { ...seen, opened: seen.opened.filter((path) => !path.startsWith(`${scratch}/`)) },
  };
}

/** What a run did that keyhole must never do. */
function violations({ opened, started, connected }: Trace, cages: readonly Cage[]): readonly string[] {
  const allowed = [...programFiles, ...cages.flatMap(({ root, home }) => [`${root}/`, `${home}/`])];
  const roots = new Set(cages.flatMap(({ root, home }) => [root, home]));
  const isOurs = ({ program, args }: Trace['started'][number]): boolean =>
    (program === process.execPath && args.includes('driver.ts')) ||
    (/^\/.*\/git$/.test(program) && /"--no-pager".*"core.fsmonitor=false".*"log", "-1"/.test(args)) ||
    (/^\/.*\/(nix-instantiate|nix|env|prlimit|timeout)$/.test(program) &&
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

describeWithPeers('what the kernel sees of a visit to the zoo', ['strace', 'git'], () => {
  test('nothing outside is opened, nothing foreign is started, nothing is connected to', async () => {
    const cages: Cage[] = [];
    onTestFinished(() => {
      for (const { root } of cages) rmSync(dirname(root), { recursive: true, force: true });
    });
    for (const { animal } of zoo) {
      const cage = await buildCage(animal.name);
      await animal.build(cage);
      cages.push(cage);
    }
    const open = zoo.map(({ animal }) => (animal.sign.open ? [animal.sign.open.id] : []));
    const run = trace(cages, open);
    expect(run.answers).toHaveLength(zoo.length);
    expect(violations(run.trace, cages)).toEqual([]);
    for (const cage of cages) expect(readdirSync(cage.marks)).toEqual([]);
    // The trace is not blind: it saw the files and the program that it must have seen.
    expect(run.trace.opened).toContain(join(cages[0]?.root ?? '', 'good/good.age'));
    expect(run.trace.started.some(({ program }) => program.endsWith('/git'))).toBe(true);
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
