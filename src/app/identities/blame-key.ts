import type { IdentityStatus } from '../../core/identity-status.ts';

/** That a key which somebody named is no use, and why. */
export const blameKey = ({ origin, error }: IdentityStatus): string =>
  `the key ${origin} cannot be used: ${error?.says ?? 'for an unknown reason'}`;
