// Writes new values into the first COUNT secrets of a repository, in a program that runs already, and prints as JSON how
// many milliseconds each of these took: all of them as one write of keyhole's, one of them (median of 15), and the same
// two without keyhole's care: encrypt, write, fsync, rename; and one write and fsync (median of 15). `node … ROOT
// IDENTITY COUNT`
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { openSession } from '../../src/app/open-session.ts';
import type { Session } from '../../src/app/session.ts';
import type { Change } from '../../src/core/change.ts';
import type { Recipient } from '../../src/core/recipient.ts';
import type { Secret } from '../../src/core/secret.ts';
import { encryptFile } from '../../src/crypto/encrypt-file.ts';

const singles = 15;
let serial = 0;

function nextValue(): Buffer {
  serial += 1;
  return Buffer.from(`a new value ${serial} `.repeat(12));
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function save(session: Session, secrets: readonly Secret[]): Promise<void> {
  const writer = await session.writer();
  const changes = secrets.map(({ id }): Change => {
    const bytes = nextValue();
    return { kind: 'put', secret: id, value: writer.hold(bytes), size: bytes.length };
  });
  const plan = await writer.plan(changes);
  if (!plan.ok) throw new Error(plan.error.says);
  const { signal } = new AbortController();
  const applied = await writer.apply(plan.value, { kind: 'write', label: 'bench', signal });
  if (!applied.ok) throw new Error(applied.error.says);
}

async function saveBarely(session: Session, secrets: readonly Secret[]): Promise<void> {
  const { root, recipients } = session.repository();
  for (const { id, declared } of secrets) {
    const readers = declared.flatMap((key): Recipient | readonly Recipient[] => recipients.get(key) ?? []);
    const file = await encryptFile(nextValue(), readers, { armor: false });
    if (!file.ok) throw new Error(file.error.says);
    const target = path.join(root, id);
    const descriptor = openSync(`${target}.new`, 'w');
    writeSync(descriptor, file.value);
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(`${target}.new`, target);
  }
}

async function writeAndSync(root: string): Promise<void> {
  const descriptor = openSync(path.join(root, 'bare.new'), 'w');
  writeSync(descriptor, nextValue());
  fsyncSync(descriptor);
  closeSync(descriptor);
}

async function median(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < singles; count += 1) times.push(await timed(work));
  return times.sort((one, other) => one - other)[Math.floor(singles / 2)] ?? Number.NaN;
}

async function main(): Promise<void> {
  const [root = '.', identity = '', count = '0'] = process.argv.slice(2);
  const options = {
    path: root,
    rulesFiles: [],
    identityFiles: [identity],
    defaultIdentities: false,
    env: process.env,
  };
  const opened = await openSession(options);
  if (!opened.ok) throw new Error(opened.error.says);
  const session = opened.value;
  const all = session.repository().secrets.slice(0, Number(count));
  const one = all.slice(0, 1);
  // Once each before it counts: code is loaded and compiled.
  await save(session, one);
  await saveBarely(session, one);
  const results = {
    many: await timed(() => save(session, all)),
    bareMany: await timed(() => saveBarely(session, all)),
    one: await median(() => save(session, one)),
    bareOne: await median(() => saveBarely(session, one)),
    bareSync: await median(() => writeAndSync(root)),
  };
  process.stdout.write(JSON.stringify(results));
}

void main().then(() => process.exit());
