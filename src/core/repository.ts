import type { Place } from './audit/survey.ts';
import type { AppError } from './outcome.ts';
import type { Recipient, RecipientId } from './recipient.ts';
import type { BackendName, Secret } from './secret.ts';

export interface GitInfo {
  /** Branch name, or `null` when HEAD is detached or cannot be read. */
  readonly branch: string | null;
  /** Full commit id, or `null` before the first commit. */
  readonly head: string | null;
}

/** A rules file that was read, and how. */
export interface RulesFile {
  readonly path: string;
  readonly entries: number;
  /** Keys are resolved against the directory of the rules file, else the repository root. */
  readonly keysRelativeTo: 'rules-directory' | 'repository-root';
  readonly evaluatedBy: 'keyhole' | 'nix-instantiate';
}

/** What Nix text beside the rules says that a reader is a host; nothing was evaluated. */
export interface KindEvidence {
  /** `nixosConfigurations.<name>` · `networking.hostName` · `age.rekey.hostPubkey`. */
  readonly source: 'configuration' | 'host-name' | 'host-key';
  readonly at: Place;
}

/** A host or person as the rules name them: one name, one or several keys. */
export interface Reader {
  readonly name: string;
  readonly kind: 'host' | 'person' | 'unknown';
  readonly recipients: readonly RecipientId[];
  /** Where its kind is from, when it is not from names and groups of the rules. */
  readonly kindFrom?: KindEvidence;
  /** What the user calls it. */
  readonly alias?: string;
}

/** A file or line that could not be used. The rest of the repository stays usable. */
export interface Problem extends AppError {
  readonly where: string;
  /** It is about a file of the user's, not of the repository. */
  readonly isOwn?: true;
}

/** One reading of the repository: a snapshot without plaintext, private keys or open files. */
export interface Repository {
  readonly root: string;
  readonly name: string;
  readonly git: GitInfo | null;
  readonly backends: readonly BackendName[];
  readonly rules: readonly RulesFile[];
  /** Sorted by id. */
  readonly secrets: readonly Secret[];
  readonly recipients: ReadonlyMap<RecipientId, Recipient>;
  /** Sorted by name. */
  readonly readers: readonly Reader[];
  readonly problems: readonly Problem[];
  /** The user's own names for keys, also for those that are not here. */
  readonly aliases?: ReadonlyMap<RecipientId, string>;
}
