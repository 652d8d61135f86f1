/**
 * What git would say of a file. `clean`: as in the index · `modified`, `deleted`: not as in the index · `untracked` ·
 * `conflicted`: a merge waits for it · `unknown`: only git itself could tell, by running what the repository configures.
 */
export interface GitState {
  readonly tree: 'clean' | 'modified' | 'deleted' | 'untracked' | 'conflicted' | 'unknown';
  /** Whether the index differs from the last commit. */
  readonly isStaged: boolean;
}

/** Whether the last commit surely holds the file as it is. */
export const isCommitted = ({ tree, isStaged }: GitState): boolean => tree === 'clean' && !isStaged;

/** Whether it is known that a commit would change something. */
export const isUncommitted = (state: GitState): boolean => state.tree !== 'unknown' && !isCommitted(state);

/** In a few words. */
export function sayGitState({ tree, isStaged }: GitState): string {
  switch (tree) {
    case 'clean':
      return isStaged ? 'staged, not committed' : 'clean';
    case 'modified':
      return isStaged ? 'staged, and modified since' : 'modified, not committed';
    case 'deleted':
      return 'deleted, not committed';
    case 'untracked':
      return isStaged ? 'untracked, and its deletion is staged' : 'untracked';
    case 'conflicted':
      return 'conflicted: a merge is not finished';
    case 'unknown':
      return 'not known without running filters';
  }
}
