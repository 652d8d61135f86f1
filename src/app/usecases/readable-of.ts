import type { Readable, Secret } from '../../core/secret.ts';
import type { Session } from '../session.ts';

/** Whether a key found here opens the file of a secret: none opens a file that is not there. */
export const readableOf = async (session: Session, { id, state }: Secret): Promise<Readable> =>
  state === 'missing' ? 'no' : session.readable(id);
