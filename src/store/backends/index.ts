import type { BackendName } from '../../core/secret.ts';
import { agenix } from './agenix/agenix.ts';
import type { Backend } from './backend.ts';

/** Every backend; their order is the order in which they are asked. */
export const backends = { agenix } satisfies Record<BackendName, Backend>;
