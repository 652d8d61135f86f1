export const severities = ['high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

export interface FindingRuleSpec {
  /** What outputs, ignore files and CI call it; several kinds may share one. Stable. */
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong, in one line. */
  readonly means: string;
  /** What to do about it. */
  readonly fix: string;
}

/** The one table of what `check` finds: output, documents, SARIF and the ignore file are drawn from it. */
export const findingRules = {
  'extra-reader': {
    rule: 'drift',
    severity: 'high',
    means: 'the file is encrypted to somebody whom its rule does not name',
    fix: 'encrypt it anew (keyhole rekey), and change the value: who could read it may have kept it',
  },
  'missing-reader': {
    rule: 'drift',
    severity: 'medium',
    means: 'somebody whom its rule names cannot read the file',
    fix: 'encrypt it anew (keyhole rekey)',
  },
  'missing-file': {
    rule: 'missing',
    severity: 'medium',
    means: 'the rules name a file that does not exist',
    fix: 'create it, or remove its rule',
  },
  orphan: {
    rule: 'orphan',
    severity: 'low',
    means: 'no rule names the file, so re-encrypting passes it over',
    fix: 'give it a rule, or delete it',
  },
  damaged: {
    rule: 'damaged',
    severity: 'high',
    means: 'the file is not a readable age file',
    fix: 'take it from an earlier commit',
  },
  problem: {
    rule: 'problem',
    severity: 'medium',
    means: 'a file or line could not be used',
    fix: 'mend what the message names',
  },
  'duplicate-key': {
    rule: 'duplicate-key',
    severity: 'low',
    means: 'a rule lists one key more than once, which ragenix refuses',
    fix: 'list it once',
  },
  'look-alike-key': {
    rule: 'look-alike-key',
    severity: 'high',
    means: 'two keys differ in one character, or in case alone',
    fix: 'compare both with their owners, and remove the wrong one',
  },
  'renamed-key': {
    rule: 'look-alike-key',
    severity: 'low',
    means:
      'one key is written down under several names or comments: taking one of them away does not take the reader away',
    fix: 'write it once, and refer to that',
  },
  'unsupported-key': {
    rule: 'unsupported-key',
    severity: 'high',
    means: 'age cannot encrypt to a declared key',
    fix: 'replace it by an age, ssh-ed25519 or ssh-rsa public key',
  },
  'placeholder-key': {
    rule: 'placeholder-key',
    severity: 'high',
    means: 'a placeholder stands where a public key belongs',
    fix: 'put the public key there',
  },
  'single-reader': {
    rule: 'single-reader',
    severity: 'low',
    means: 'only one key can read the secret: when that key is lost, so is the value',
    fix: 'add a second reader (keyhole grant), such as a backup key',
  },
  'unused-reader': {
    rule: 'unused-reader',
    severity: 'low',
    means: 'the rules write down a key that no rule uses',
    fix: 'use it, or remove it',
  },
  'broken-reference': {
    rule: 'broken-reference',
    severity: 'medium',
    means: 'a Nix file names an age file that does not exist',
    fix: 'correct the path, or create the file',
  },
  armor: {
    rule: 'armor',
    severity: 'low',
    means: 'the file is armored and its rule says that it is not, or the other way round',
    fix: 'encrypt it anew, or change the rule',
  },
  plaintext: {
    rule: 'plaintext',
    severity: 'high',
    means: 'git tracks what looks like the plaintext, beside the encrypted file',
    fix: 'remove it from git and change the value: it stays in the history',
  },
  'world-readable': {
    rule: 'world-readable',
    severity: 'medium',
    means: 'the mode lets every user of the host read the decrypted file',
    fix: 'set mode to 0400 or 0440, with owner and group',
  },
  rotate: {
    rule: 'rotate',
    severity: 'medium',
    means: 'somebody who is no reader any more could read a value that may still be in use (audit only)',
    fix: 'change the value where it is used, and set the new one here',
  },
  'ignore-malformed': {
    rule: 'ignore-malformed',
    severity: 'medium',
    means: 'a line of the ignore file cannot be used',
    fix: 'write: rule, subject, last day as YYYY-MM-DD or -, reason',
  },
  'ignore-expired': {
    rule: 'ignore-expired',
    severity: 'medium',
    means: 'an entry of the ignore file is past its last day',
    fix: 'mend what it was about, or give it another day',
  },
  'ignore-unused': {
    rule: 'ignore-unused',
    severity: 'low',
    means: 'an entry of the ignore file fits nothing that was found',
    fix: 'remove it',
  },
} as const satisfies Record<string, FindingRuleSpec>;

/** Finer than the rule: `extra-reader` and `missing-reader` are both `drift`. */
export type FindingKind = keyof typeof findingRules;
export type FindingRule = (typeof findingRules)[FindingKind]['rule'];

export const findingKinds = Object.keys(findingRules) as readonly FindingKind[];

/** Every rule once, in the order of the table. */
export const findingRuleNames: readonly FindingRule[] = [
  ...new Set(findingKinds.map((kind) => findingRules[kind].rule)),
];
