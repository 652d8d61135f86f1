import { fail, type Outcome } from '../core/outcome.ts';

const causes: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'is a directory',
  EIO: 'the disk reports a read error',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files on this machine',
};

/** The system's error code of a thrown value, or `undefined` when it is not a system error. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** A system error as an expected failure. Anything else is a bug and is thrown on. */
export function fileFailure(error: unknown, where: string): Outcome<never> {
  const errno = errnoOf(error);
  if (errno === undefined || errno.startsWith('ERR_')) throw error;
  if (errno === 'ENOENT' || errno === 'ENOTDIR') return fail('not-found', 'no such file', { where });
  if (errno === 'ENXIO' || errno === 'ENODEV' || errno === 'EOPNOTSUPP') {
    return fail('refused', 'not a regular file', { where });
  }
  if (errno === 'ENAMETOOLONG') return fail('refused', 'the name is too long', { where });
  return fail('io', causes[errno] ?? `cannot be read (${errno})`, { where });
}
