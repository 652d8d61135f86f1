import { findingKinds, findingRuleNames, findingRules } from '../../core/audit/finding-rules.ts';
import { markdownPage, markdownTable } from './markdown.ts';

/** `docs/checks.md`. */
export const checksPage = (): string =>
  markdownPage('What check finds', [
    'The names of the rules are stable. The kind is the `kind` of the JSON output; `.keyhole-ignore` takes either. None of them needs a key or the network, and what cannot be proved is no finding. How to use it in CI: [ci.md](ci.md).',
    markdownTable(
      ['rule', 'kind', 'severity', 'what is wrong', 'what to do'],
      findingRuleNames.flatMap((rule) =>
        findingKinds
          .filter((kind) => findingRules[kind].rule === rule)
          .map((kind) => {
            const { severity, means, fix } = findingRules[kind];
            return [`\`${rule}\``, kind === rule ? '' : `\`${kind}\``, severity, means, fix];
          }),
      ),
    ),
    'Nix files are read as text, without evaluating them: only path literals (`./db.age`) and `age.secrets.NAME.mode = "…"` written as such are seen, and a path that the same file asks `pathExists` about is no finding. At most 3,000 files and 20 MB are read.',
    'Plaintext is looked for only in what git tracks: a file with the name of an age file without `.age`, or with `.env`, `.txt`, `.key`, `.dec`, `.plain` or `.decrypted` instead, that is not empty and not encrypted itself.',
  ]);
