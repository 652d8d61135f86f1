import type { Recipient, RecipientId } from '../../core/recipient.ts';
import type { Problem, Reader, RulesFile } from '../../core/repository.ts';
import type { BackendName, Secret, SecretId } from '../../core/secret.ts';
import type { Stanza } from '../../core/stanza.ts';
import type { Jail } from '../jail.ts';
import type { KeptFiles } from '../kept-files.ts';
import type { TreeListing } from '../tree/tree-listing.ts';

/** What a backend may look at. */
export interface TreeView {
  readonly jail: Jail;
  /** Where small files that are read whole are kept. */
  readonly kept: KeptFiles;
  readonly listing: TreeListing;
  /** Absolute paths from `--rules` or `RULES`; empty means search. */
  readonly rulesFiles: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether anybody asks for the secret of this path; else it is left out of `Loaded.secrets`. */
  isWanted(path: string): boolean;
}

/** The keys that rules give secrets to, whoever else is known. */
export interface RuledKeys {
  readonly keys: ReadonlySet<RecipientId>;
  /** Whether all rules were read, so that a key that is absent here is none of a reader. */
  readonly isWhole: boolean;
}

/** One layout, understood: everything that can be known without a private key. */
export interface Loaded {
  readonly secrets: readonly Secret[];
  /** Stanzas of every readable header, their bodies left out. */
  readonly stanzas: ReadonlyMap<SecretId, readonly Stanza[]>;
  readonly rules: readonly RulesFile[];
  /** Absolute paths of all files and directories that the rules were made from; `null` when they cannot be told. */
  readonly readFrom: readonly string[] | null;
  readonly recipients: ReadonlyMap<RecipientId, Recipient>;
  readonly readers: readonly Reader[];
  readonly ruled: RuledKeys;
  readonly problems: readonly Problem[];
}

/** A layout that a backend recognised. `load` never fails for one bad file: that becomes a state or a problem. */
export interface Layout {
  /** Files that the claim rests on, relative to the root. */
  readonly evidence: readonly string[];
  /** A stop through `signal` throws its reason. */
  load(signal?: AbortSignal): Promise<Loaded>;
}

/** One way to keep secrets in a repository. */
export interface Backend {
  readonly name: BackendName;
  /** Claims layouts by evidence, none when there is none. Several in one repository are normal. */
  detect(tree: TreeView): readonly Layout[];
}
