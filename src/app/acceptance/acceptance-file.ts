import { hash } from 'node:crypto';
import { closeSync, constants, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AcceptedReader } from '../../core/accepted-readers.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { decodeUtf8 } from '../../core/utf8.ts';
import { errnoOf, fileFailure } from '../../store/file-failure.ts';
import { readWhole, statRegularFile } from '../../store/read-descriptor.ts';
import { isPrivate } from '../editor/scratch-place.ts';
import { writePrivateFile } from '../terminal/write-private-file.ts';

/** Two thousand of the longest keys there are. */
const limit = 8 * 1024 * 1024;

/**
 * Where the accepted readers of a repository are kept. The path of its root is what tells it from others: another
 * clone, another work tree and a clone that was moved are other places with a list of their own.
 *
 * @param root canonical
 */
export const acceptanceFile = (directory: string, root: string): string =>
  join(directory, `readers-${hash('sha256', root).slice(0, 32)}.json`);

/** `null` where nothing was accepted yet. Error: `bad-rules` for a list that cannot be used, and is left as it is. */
export function readAcceptance(file: string, root: string): Outcome<readonly AcceptedReader[] | null> {
  if (isInside(file, root)) return ok(null);
  const bytes = readOwn(file);
  if (!bytes.ok) {
    if (bytes.error.code === 'not-found') return ok(null);
    return unusable(file, bytes.error.says);
  }
  const text = decodeUtf8(bytes.value);
  const list = text === null ? null : parse(text, root);
  return list === null ? unusable(file, 'it is not what keyhole wrote') : ok(list);
}

/** What lies there may have come with the repository. */
const isInside = (file: string, root: string): boolean => file.startsWith(`${root}/`);

const unusable = (where: string, why: string): Outcome<never> =>
  fail('bad-rules', `the list of accepted readers cannot be used: ${why}`, {
    where,
    hint: 'look at it; once it is gone, the next write accepts whom the rules name then',
  });

/** Only what nobody else can have written counts. */
function readOwn(file: string): Outcome<Uint8Array> {
  let descriptor: number;
  try {
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
    descriptor = openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    if (errnoOf(error) === 'ELOOP') return fail('refused', 'it is a link', { where: file });
    return fileFailure(error, file);
  }
  try {
    const stats = statRegularFile(descriptor, file);
    if (!stats.ok) return stats;
    const { uid, mode, size } = stats.value;
    const isOwn = process.getuid === undefined || uid === process.getuid();
    if (!isOwn || (mode & 0o022) !== 0) return fail('refused', 'others can write it', { where: file });
    return readWhole(descriptor, size, file, limit);
  } catch (error) {
    return fileFailure(error, file);
  } finally {
    closeSync(descriptor);
  }
}

function parse(text: string, root: string): readonly AcceptedReader[] | null {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(read) || read['schema'] !== 1 || read['root'] !== root) return null;
  const { readers } = read;
  return Array.isArray(readers) && readers.every(isReader) ? readers : null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function isReader(value: unknown): value is AcceptedReader {
  if (!isRecord(value)) return false;
  const { key, names, isGone } = value;
  const areNames = Array.isArray(names) && names.every((name) => typeof name === 'string');
  return typeof key === 'string' && areNames && typeof isGone === 'boolean';
}

/** Replaces the list, whole. Errors: `io`, `refused`. */
export function writeAcceptance(
  file: string,
  root: string,
  readers: readonly AcceptedReader[],
): Outcome<'written'> {
  const directory = dirname(file);
  if (isInside(file, root))
    return fail('refused', 'is inside the repository', { where: directory, hint: 'set XDG_STATE_HOME' });
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (!isPrivate(directory))
      return fail('refused', 'is not a directory that only you can enter', { where: directory });
  } catch (error) {
    return fail('io', `cannot be made (${errnoOf(error) ?? 'for an unknown reason'})`, { where: directory });
  }
  const lines = readers.map((reader) => `  ${JSON.stringify(reader)}`).join(',\n');
  const text = `{"schema":1,"root":${JSON.stringify(root)},"readers":[\n${lines}\n]}\n`;
  return writePrivateFile(file, Buffer.from(text), { replace: true });
}
