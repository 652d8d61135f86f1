import type { NixFacts } from '../../core/usage/nix-facts.ts';
import { openJail } from '../jail.ts';
import { listFiles, nixFilesOfListing } from '../survey/list-files.ts';
import { parseNixFiles } from '../survey/parse-nix-files.ts';
import { factsIn } from './facts-in.ts';

/** Larger ones are made by programs, and would hold up a key press. */
const mostFileBytes = 256 * 1024;
const mostTime = 10_000;

export interface UsageFacts {
  readonly facts: readonly NixFacts[];
  /** Nix files there are, to follow imports. */
  readonly files: ReadonlySet<string>;
  /** False where something was too much to read, or could not be read as Nix. */
  readonly isComplete: boolean;
}

/**
 * Reads the Nix files of a repository as text: nothing is evaluated, nothing outside the root is read. A stop through
 * `signal` throws its reason.
 *
 * @param rulesFrom Nix files that the rules were made from: they name secrets without using them
 */
export async function readUsageFacts(
  root: string,
  rulesFrom: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<UsageFacts> {
  const jail = openJail(root);
  try {
    const files = nixFilesOfListing(listFiles(jail));
    const others = files.filter((file) => !rulesFrom.has(file));
    const facts: NixFacts[] = [];
    let isRead = true;
    const wants = (_: string, { length }: Buffer): boolean => {
      if (length > mostFileBytes) isRead = false;
      return length <= mostFileBytes;
    };
    const isWhole = await parseNixFiles(
      jail,
      others,
      {
        mostTime,
        wants,
        take(file, parsed) {
          if (parsed === null) isRead = false;
          else facts.push(factsIn(file, parsed, (path) => jail.exists(path)));
        },
      },
      signal,
    );
    return { facts, files: new Set(files), isComplete: isWhole && isRead };
  } finally {
    jail.close();
  }
}
