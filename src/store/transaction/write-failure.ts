import { type AppError, fail } from '../../core/outcome.ts';
import { errnoOf } from '../file-failure.ts';

const causes: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EIO: 'the disk reports an error',
  EXDEV: 'it lies on another file system',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files on this machine',
};

/** A system error while writing as an expected failure. Anything else is a bug and is thrown on. */
export function writeFailure(error: unknown, where: string): AppError {
  const errno = errnoOf(error);
  if (errno === undefined || errno.startsWith('ERR_')) throw error;
  return fail('io', `cannot be written: ${causes[errno] ?? errno}`, { where }).error;
}
