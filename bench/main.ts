// `npm run bench`: builds its own data, measures keyhole beside its peers in one run, and prints a table of medians,
// ratios and targets. Peers that are not installed leave their rows out, by name.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { createDemo } from '../src/app/demo/create-demo.ts';
import { benchCheck } from './bench-check.ts';
import { benchRekey } from './bench-rekey.ts';
import { generateRepository } from './generate-repository.ts';
import {
  type Command,
  describeMachine,
  hasProgram,
  median,
  medians,
  percentile,
  timeProcess,
} from './measure.ts';
import { printTable, type Row } from './report.ts';
import type { TerminalRun, TimedKey } from './terminal.ts';
import { bundled, env, node, openUi, options, scratch } from './workbench.ts';

const keyhole = (...commandArguments: string[]) =>
  node([...options, bundled('keyhole'), ...commandArguments]);
const timeOperations = (count: number) => timeProcess(node([bundled('bare-operations'), `${count}`, '200']));

const rows: Row[] = [];
const missing: string[] = [];
const quick = process.argv.includes('--quick');
const rounds = quick ? 5 : 21;

console.log(`machine: ${describeMachine()}`);
await benchDemo();
await benchThousand();
await benchTenThousand();
await benchMatrix();
await benchWriting();
rows.push(...(await benchCheck(quick ? 3 : 11)));
rows.push(...(await benchRekey(quick ? 1 : 5, missing)));
printTable(rows);
if (missing.length > 0) console.log(`\nnot measured: ${missing.join('; ')}`);

/** Start, list and get on the demo's 90 secrets. */
async function benchDemo() {
  const made = await createDemo(path.join(scratch, 'demo'));
  if (!made.ok) throw new Error(made.error.says);
  const { repository, identityFile } = made.value;
  const secret = 'secrets/services/grafana/env.age';
  const identity = ['--no-default-identities', '-i', identityFile];
  const agenix = path.join(repository, 'secrets.nix');
  const rulesOf = `(let rules = import ${agenix}; in rules."${secret}")`;
  const nix = 'nix-instantiate --json --eval --strict -E';
  const agenixDecrypt: Command = {
    program: 'sh',
    // What `agenix -d` runs: the readers, whether the file is armored, then age.
    arguments: [
      '-c',
      `${nix} '${rulesOf}.publicKeys' && ${nix} '(${rulesOf} ? armor)' && age -d -i ${identityFile} ${repository}/${secret}`,
    ],
    // A store of its own, for users who may not write the machine's.
    env: { ...env, NIX_REMOTE: `local?root=${scratch}/store` },
  };
  const canAgenix = hasProgram('nix-instantiate', '--version') && hasProgram('age', '--version');
  if (!canAgenix) missing.push('what `agenix -d` does (nix-instantiate and age are needed)');

  const times = medians(rounds, {
    bare: () => timeProcess(node(['-e', '0'])),
    list: () => timeProcess(keyhole('list', '--json', '-C', repository)),
    get: () => timeProcess(keyhole('get', secret, '-C', repository, ...identity)),
    agenix: () => (canAgenix ? timeProcess(agenixDecrypt) : Number.NaN),
    frame: () => openUi(repository, identityFile).firstFrameMs ?? Number.NaN,
  });
  rows.push(
    { what: 'node -e 0', ours: times.bare },
    row('start to first full frame, 90 secrets, 200×50', times.frame, 'node -e 0', times.bare, 3.5),
    row('list --json, 90 secrets', times.list, 'node -e 0', times.bare, 2),
    row('get one secret', times.get, 'node -e 0', times.bare, 3),
  );
  if (canAgenix) rows.push(row('get one secret', times.get, 'what agenix -d does', times.agenix, 1));
}

/**
 * Decrypt and inspect 1,000 small files. What is measured beyond is a start in which everything was loaded and one file
 * opened, as the bare operations do once before they count.
 */
async function benchThousand() {
  const shape = { hosts: 4, readersEach: 0, identity: 'x25519', size: 200 } as const;
  const decrypt = await generateRepository(path.join(scratch, 'thousand'), { ...shape, secrets: 1001 });
  const inspect = await generateRepository(path.join(scratch, 'inspect'), {
    ...shape,
    identity: 'ssh-ed25519',
    readersEach: 3,
    secrets: 1000,
  });
  const single = await generateRepository(path.join(scratch, 'single'), { ...shape, secrets: 1 });
  const few = quick ? 3 : 11;
  const file = path.join(decrypt.root, decrypt.ids[0] ?? '');
  const decryptAll = (count: number) =>
    timeProcess(node([...options, bundled('decrypt-all'), decrypt.root, decrypt.identityFile, `${count}`]));
  const decryptBytes = (count: number) =>
    timeProcess(node([bundled('decrypt-bytes'), file, decrypt.identityFile, `${count}`]));
  const list = (root: string) => timeProcess(keyhole('list', '--json', '-C', root));
  const times = medians(few, {
    // Each workload keeps the compiled code of its first run, so that one comes first which runs all of it.
    operations: () => timeOperations(1000),
    noOperations: () => timeOperations(0),
    bytes: () => decryptBytes(1001),
    noBytes: () => decryptBytes(1),
    decrypted: () => decryptAll(1001),
    oneDecrypted: () => decryptAll(1),
    nothingDecrypted: () => decryptAll(0),
    listOne: () => list(single.root),
    listThousand: () => list(inspect.root),
  });
  const operations = times.operations - times.noOperations;
  const bare = 'bare X25519 and ChaCha20-Poly1305';
  rows.push(
    row(
      'read and decrypt 1,000 files, beyond the first',
      times.decrypted - times.oneDecrypted,
      bare,
      operations,
      1.5,
    ),
    {
      what: 'the same, with loading keys and code',
      ours: times.decrypted - times.nothingDecrypted,
      against: bare,
      theirs: operations,
    },
    { what: 'the same from memory', ours: times.bytes - times.noBytes, against: bare, theirs: operations },
    { what: 'inspect 1,000 headers, beyond start', ours: times.listThousand - times.listOne, limit: 150 },
  );
  if (!hasProgram('age', '--version')) {
    missing.push('`age -d` in a loop (age is needed)');
    return;
  }
  const loop: Command = {
    program: 'sh',
    arguments: [
      '-c',
      `find ${decrypt.root} -name '*.age' -print0 | xargs -0 -P 2 -n 1 age -d -i ${decrypt.identityFile} -o /dev/null`,
    ],
    env,
  };
  const whole = medians(5, { ours: () => decryptAll(1001), age: () => timeProcess(loop) });
  rows.push(row('decrypt 1,000 files, whole process', whole.ours, 'age -d, two at a time', whole.age, 1 / 8));
}

/** Saving one secret, as a command and in a running program, and 200 at once; fsync included. */
async function benchWriting() {
  const shape = { hosts: 4, readersEach: 3, identity: 'ssh-ed25519', size: 200, secrets: 200 } as const;
  const { root, identityFile, ids } = await generateRepository(path.join(scratch, 'writing'), shape);
  const identity = ['--no-default-identities', '-i', identityFile];
  let serial = 0;
  const set = () => {
    serial += 1;
    return timeProcess(keyhole('set', ids[0] ?? '', '-C', root, ...identity, '--value', `${serial}`));
  };
  const times = medians(rounds, { bare: () => timeProcess(node(['-e', '0'])), set });
  const run = () => {
    const command = node([bundled('write-all'), root, identityFile, '200']);
    const printed = execFileSync(command.program, [...command.arguments], { env, encoding: 'utf8' });
    return JSON.parse(printed) as Record<'many' | 'bareMany' | 'one' | 'bareOne' | 'bareSync', number>;
  };
  const runs = Array.from({ length: quick ? 3 : 9 }, run);
  const middle = (name: keyof ReturnType<typeof run>) => median(runs.map((one) => one[name]));
  const barely = 'encrypt, write, fsync, rename';
  // "saved …, u takes it back": of what is drawn over something else only the cells that differ are written.
  const saves = Array.from({ length: quick ? 5 : 15 }, (): TimedKey[] => [
    ['e', 'on save'],
    'x',
    ['\u0013', 'takes it back'],
  ]);
  const typed = openUi(root, identityFile, { keys: saves.flat() }).keys;
  const saved = typed.filter((_, index) => index % 3 === 2).map(({ ms }) => ms ?? Number.POSITIVE_INFINITY);
  rows.push(
    row('set one secret', times.set, 'node -e 0', times.bare, 3),
    { what: 'save one secret, program running', ours: middle('one'), limit: 30 },
    { what: 'the same', ours: middle('one'), against: barely, theirs: middle('bareOne') },
    { what: 'ctrl-s in the editor → frame that says saved, p50', ours: median(saved), limit: 30 },
    { what: 'the same', ours: median(saved), against: 'write, fsync', theirs: middle('bareSync') },
    { what: 'the first one, which loads what writes', ours: saved[0] ?? Number.NaN },
    row('write 200 files at once, program running', middle('many'), barely, middle('bareMany'), 2),
  );
}

/** Keys and memory at 10,000 secrets, 200×50. */
async function benchTenThousand() {
  const shape = { secrets: 10_000, hosts: 20, readersEach: 2, identity: 'ssh-ed25519', size: 60 } as const;
  const { root, identityFile } = await generateRepository(path.join(scratch, 'many'), shape);
  const keys = [...'j'.repeat(60), ...'k'.repeat(20)];
  const moves = openUi(root, identityFile, { keys });
  const scrolls = openUi(root, identityFile, { keys: Array.from({ length: 60 }, () => '\u0004') });
  const search = openUi(root, identityFile, {
    keys: ['/', ...'service-77', ...'\u007f'.repeat(10), ...'password'],
  });
  const frames = (run: TerminalRun) => run.keys.map(({ ms }) => ms ?? Number.POSITIVE_INFINITY);
  const bytes = moves.keys.map((key) => key.bytes);
  rows.push(
    { what: 'move → frame, 10,000 secrets, p50', ours: median(frames(moves)) },
    { what: 'move → frame, 10,000 secrets, p95', ours: percentile(frames(moves), 0.95), limit: 16 },
    { what: 'half a page → frame, p95', ours: percentile(frames(scrolls), 0.95), limit: 16 },
    { what: 'search letter → frame, p95', ours: percentile(frames(search), 0.95), limit: 16 },
    { what: 'bytes per plain cursor move, median', ours: median(bytes), limit: 2000, unit: 'B' },
    { what: 'start to first full frame, 10,000 secrets', ours: moves.firstFrameMs ?? Number.NaN },
    {
      what: 'peak memory, 10,000 secrets',
      ours: Math.max(moves.peakKiB, scrolls.peakKiB, search.peakKiB) / 1024,
      limit: 200,
      unit: 'MB',
    },
  );
}

/** The cursor of the matrix at 1,000 secrets and 100 readers, 200×50: within what is seen, and where that scrolls. */
async function benchMatrix() {
  const shape = { secrets: 1000, hosts: 99, readersEach: 5, identity: 'ssh-ed25519', size: 60 } as const;
  const { root, identityFile } = await generateRepository(path.join(scratch, 'matrix'), shape);
  const keys = ['m', ...'j'.repeat(60), ...'l'.repeat(60), ...'kh'.repeat(10)];
  const { keys: pressed } = openUi(root, identityFile, { keys });
  const frames = pressed.slice(1).map(({ ms }) => ms ?? Number.POSITIVE_INFINITY);
  rows.push(
    { what: 'matrix cursor move → frame, 1,000 × 100, p50', ours: median(frames) },
    { what: 'matrix cursor move → frame, 1,000 × 100, p95', ours: percentile(frames, 0.95), limit: 16 },
  );
}

/** A comparison with something measured in the same run; `limit` is the greatest allowed ratio. */
function row(what: string, ours: number, against: string, theirs: number, limit: number): Row {
  return { what, ours, against, theirs, limit };
}
