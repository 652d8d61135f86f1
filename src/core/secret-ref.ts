import type { Brand } from './brand.ts';

/** An opaque handle to bytes that only the session holds. Safe in UI state, plans and logs: it tells nothing. */
export type SecretRef = Brand<string, 'SecretRef'>;
