/**
 * The one table of expected failures: a stable code (JSON, tests) and the exit status a command ends with.
 * The generated exit-code table in `docs/` and `keyhole help exit-codes` are drawn from it.
 */
export const errorCodes = {
  unexpected: { exit: 1, means: 'a bug in keyhole' },
  usage: { exit: 2, means: 'the command line is wrong' },
  stopped: { exit: 3, means: 'stopped by the user' },
  'not-found': { exit: 10, means: 'no such secret, key, reader or repository' },
  ambiguous: { exit: 10, means: 'the name fits more than one secret' },
  'no-key': { exit: 11, means: 'no key here opens it' },
  'cannot-encrypt': { exit: 12, means: 'cannot encrypt to these recipients' },
  'needs-prompt': { exit: 13, means: 'a prompt is needed but not allowed' },
  'check-failed': { exit: 14, means: 'check found problems' },
  changed: { exit: 15, means: 'changed on disk meanwhile' },
  busy: { exit: 15, means: 'another keyhole is writing here' },
  'bad-rules': { exit: 16, means: 'rules or configuration unreadable' },
  'bad-recipient': { exit: 17, means: 'recipient invalid' },
  'unseen-recipient': { exit: 17, means: 'the rules name a reader whom nobody accepted here yet' },
  'bad-identity': { exit: 11, means: 'an identity file cannot be used' },
  'wrong-passphrase': { exit: 11, means: 'the passphrase does not open the key' },
  io: { exit: 18, means: 'a read or write failed' },
  refused: {
    exit: 18,
    means:
      'refused because it is not safe to read or write (outside the repository, not a regular file, too large)',
  },
  malformed: { exit: 20, means: 'the new value does not parse as what the secret is; nothing was written' },
  damaged: { exit: 20, means: 'damaged: truncated, malformed or not authentic' },
  unsupported: { exit: 20, means: 'a valid format that keyhole does not open' },
} as const satisfies Record<string, { exit: number; means: string }>;

export type ErrorCode = keyof typeof errorCodes;
