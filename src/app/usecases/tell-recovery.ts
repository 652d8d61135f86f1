import type { Recovery } from '../../store/transaction/recover.ts';

const did: Readonly<Record<Recovery['did'], string>> = {
  finished: 'was interrupted, and is finished now',
  'taken-back': 'was interrupted, and is taken back: all is as it was before',
  discarded: 'was interrupted before it began: nothing was changed',
  undecided: 'was interrupted, and files of it were changed since: nothing was touched',
  'set-aside': 'was interrupted, and its record cannot be read: it was set aside',
};

/** One line for each thing a person should know; texts may be untrusted. */
export function tellRecovery({ did: what, label, foreign, aside }: Recovery): readonly string[] {
  return [
    `an earlier write (${label}) ${did[what]}`,
    ...foreign.map((path) => `${path}: changed by somebody else since, and left as it is`),
    ...(aside === null ? [] : [`what it had prepared is kept as ${aside} in keyhole's directory`]),
    ...(what === 'undecided'
      ? ['keyhole recover --finish writes the others, keyhole recover --abort puts the others back']
      : []),
  ];
}
