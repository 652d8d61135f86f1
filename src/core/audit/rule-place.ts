import type { Secret } from '../secret.ts';

/** Where the rule of a secret is written. */
export function rulePlace({ rule }: Secret): { readonly file: string; readonly line?: number } | undefined {
  if (rule === undefined) return undefined;
  return rule.at === undefined ? { file: rule.rulesFile } : { file: rule.at.file, line: rule.at.line };
}
