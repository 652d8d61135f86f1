import type { Problem } from './repository.ts';

/** What the user's own files hold is nothing that is wrong with the repository. */
export const isOfRepository = ({ isOwn }: Problem): boolean => isOwn !== true;
