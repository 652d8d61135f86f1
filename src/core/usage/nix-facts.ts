import type { Place } from '../audit/survey.ts';
import type { SourcePosition } from '../recipient.ts';

/**
 * What the text of Nix files says about secrets and hosts. Nothing was evaluated, so all that follows from it is a
 * guess, and every face says so.
 */

/** Which file an expression names, as far as its text tells. */
export type FileReference =
  /** From the root. */
  | { readonly kind: 'path'; readonly path: string; readonly exists: boolean }
  /** What stands behind a part that only an evaluation knows. */
  | { readonly kind: 'end'; readonly end: string }
  | { readonly kind: 'unknown' };

/** `age.secrets.<name>` in one file. */
export interface SecretDeclaration {
  readonly name: string;
  readonly at: Place;
  /** Several where it depends on a condition; empty where the file is not said here. */
  readonly files: readonly FileReference[];
  /** Only what is written out. */
  readonly owner: string | null;
  readonly group: string | null;
  readonly mode: string | null;
  readonly path: string | null;
}

/** What sets an option to something of a secret: a service, or else the option's own name. */
export interface Consumer {
  readonly kind: 'service' | 'container' | 'option';
  readonly name: string;
}

/** A place that reads `config.age.secrets.<name>`. */
export interface UseSite {
  readonly name: string;
  readonly at: Place;
  /** `null` where the text around it does not say. */
  readonly by: Consumer | null;
}

/** A path literal that names an age file. */
export interface FileMention {
  readonly path: string;
  readonly at: Place;
}

/** A public key that agenix-rekey is told to be the host's. */
export type HostKeyText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string };

export interface NixFacts {
  readonly file: string;
  readonly declarations: readonly SecretDeclaration[];
  readonly uses: readonly UseSite[];
  readonly mentions: readonly FileMention[];
  /** Where secrets are declared or read by names that only an evaluation knows. */
  readonly computed: readonly Place[];
  /** Literal values of `networking.hostName`. */
  readonly hostNames: readonly { readonly name: string; readonly at: Place }[];
  /** `nixosConfigurations.<name>` with the Nix files and directories that its value names, from the root. */
  readonly configurations: readonly {
    readonly name: string;
    readonly at: Place;
    readonly modules: readonly string[];
  }[];
  /** Nix files and directories in `imports`, from the root. */
  readonly imports: readonly string[];
  readonly hostKeys: readonly { readonly key: HostKeyText; readonly at: SourcePosition }[];
}
