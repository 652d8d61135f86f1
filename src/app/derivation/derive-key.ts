import { deriveScrypt } from '../../crypto/age/derive-scrypt.ts';
import type { DeriveScrypt } from '../../crypto/unlocking.ts';
import { selfCommand } from '../self-command.ts';

/** 16 MiB and 40 ms, which is as long as a child takes to start. age writes 18. */
const cheapWorkFactor = 14;

/** What takes long or much memory has a process of its own, which can be stopped. */
export const deriveKey: DeriveScrypt = async (request, signal) => {
  const self = selfCommand();
  if (request.workFactor <= cheapWorkFactor || self === null) return deriveScrypt(request, signal);
  const { deriveInChild } = await import('./derive-in-child.ts');
  return deriveInChild(request, signal, self);
};
