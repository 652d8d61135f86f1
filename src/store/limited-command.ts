/** Of a program that is fed by others. In KiB; `address-space` bounds what is only reserved, too. */
export interface MemoryLimit {
  readonly of: 'address-space' | 'data';
  readonly kibibytes: number;
}

const flags = { 'address-space': '-v', data: '-d' } as const;

/**
 * The command under a limit of memory and without core dumps, by what every POSIX shell has. A limit that the system
 * does not know, or that is lower already, stays as it is. Nothing of the command is text of the shell.
 */
export const limitedCommand = (
  { of, kibibytes }: MemoryLimit,
  command: readonly string[],
): readonly string[] => [
  '/bin/sh',
  '-c',
  `{ ulimit -c 0; ulimit ${flags[of]} "$1"; } 2>/dev/null; shift; exec "$@"`,
  'sh',
  String(kibibytes),
  ...command,
];
