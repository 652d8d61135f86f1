import { counted } from './counted.ts';

/** A file that a commit would hold as it is now. */
export interface CommitFile {
  readonly path: string;
  readonly did: 'added' | 'changed' | 'deleted';
  readonly what: 'ciphertext' | 'rules' | 'public key' | 'nothing';
  /** It differed from the last commit before keyhole wrote it: what somebody else changed goes with it. */
  readonly isMixed: boolean;
}

/** What a commit of everything that keyhole wrote would be, before anything of it is done. Texts are untrusted. */
export interface CommitPlan {
  readonly branch: string | null;
  readonly files: readonly CommitFile[];
  /** What keyhole wrote and would not commit, and why. */
  readonly leftOut: readonly { readonly path: string; readonly says: string }[];
  /** Files that somebody staged; they stay so, and are no part of it. */
  readonly staged: readonly string[];
  /** Programs that git runs with a commit, as far as can be seen without running git's settings. */
  readonly hooks: readonly string[];
  /** Settings of the repository that name other programs which git may run, or another file of settings. */
  readonly settings: readonly string[];
  /** What it would be called if nobody says otherwise. */
  readonly message: string;
}

const verbs = { added: 'add', changed: 'edit', deleted: 'remove' } as const;
const named = 3;

/** `secrets: edit grafana/env`, after the secrets where there are any. */
export function commitMessage(files: readonly CommitFile[]): string {
  const secrets = files.filter(({ path }) => path.endsWith('.age'));
  const about = secrets.length > 0 ? secrets : files;
  const kinds = new Set(about.map(({ did }) => did));
  const [only] = kinds;
  const verb = kinds.size === 1 && only !== undefined ? verbs[only] : 'change';
  const names = about.map(({ path }) => path.replace(/^secrets\//, '').replace(/\.age$/, ''));
  const said =
    names.length <= named
      ? names.join(', ')
      : `${names.slice(0, named - 1).join(', ')} and ${counted(names.length - named + 1, 'more', 'more')}`;
  // A name may hold anything; a commit's first line may not.
  return `secrets: ${verb} ${said.replaceAll(/\p{Cc}+/gu, ' ')}`;
}
