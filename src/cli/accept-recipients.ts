import type { NamedReaders } from '../app/usecases/choose-readers.ts';
import { fail, type Outcome, ok } from '../core/outcome.ts';
import type { PlanWarning, UnseenRecipient } from '../core/plan.ts';
import type { RecipientId } from '../core/recipient.ts';
import { show } from '../core/safe-text.ts';
import { shellWord } from '../core/shell-word.ts';
import { parseRecipient } from '../crypto/parse-recipient.ts';
import type { CliIo } from './cli-io.ts';
import { type Invocation, valuesOf } from './invocation.ts';
import { mayAsk } from './may-ask.ts';

const option = 'accept-recipient';

/**
 * Asks about every reader that is new here, with its whole key, unless somebody named it already. Gives the keys that
 * are accepted. Errors: `bad-recipient` (the option has no public key), `unseen-recipient` (nobody can be asked),
 * `stopped`.
 */
export async function acceptRecipients(
  warnings: readonly PlanWarning[],
  named: NamedReaders = new Map(),
  invocation: Invocation,
  io: CliIo,
): Promise<Outcome<readonly RecipientId[]>> {
  const given = keysGiven(invocation);
  if (!given.ok) return given;
  const accepted = new Set(given.value);
  const isNamed = ({ id, taken }: UnseenRecipient): boolean => {
    const name = named.get(id);
    return accepted.has(id) || name === null || (name !== undefined && !taken.includes(name));
  };
  const open = warnings.filter(({ recipient }) => recipient && !isNamed(recipient));
  if (open.length > 0 && !mayAsk(invocation, io)) return refusal(open);
  for (const { path, says } of open) {
    const { confirm } = await import('../app/terminal/confirm.ts');
    const answer = await confirm(`${show(path)}: ${show(says)}. May this key read it?`);
    if (!answer.ok) return answer;
    if (!answer.value) return fail('stopped', 'nothing was written', { where: path });
  }
  return ok(warnings.flatMap(({ recipient }) => (recipient ? [recipient.id] : [])));
}

function keysGiven(invocation: Invocation): Outcome<readonly RecipientId[]> {
  const keys: RecipientId[] = [];
  for (const text of valuesOf(invocation, option)) {
    const { id, kind, detail } = parseRecipient(text);
    if (kind === 'unsupported')
      return fail('bad-recipient', detail ?? 'not a public key', {
        where: `--${option}`,
        hint: 'a name is not enough, since the rules decide what it stands for',
      });
    keys.push(id);
  }
  return ok(keys);
}

/** Tells of all of them, so that one look at it is enough. */
function refusal(open: readonly PlanWarning[]): Outcome<never> {
  const [first, ...others] = open;
  const keys = open.flatMap(({ recipient }) => (recipient ? [shellWord(recipient.id)] : []));
  return {
    ok: false,
    error: {
      code: 'unseen-recipient',
      says: `${first?.says ?? 'a reader is new'}; nothing was written`,
      hint: `if ${keys.length === 1 ? 'it' : 'each'} is meant: ${keys.map((key) => `--${option} ${key}`).join(' ')}`,
      ...(first && { where: first.path }),
      details: others.map(({ path, says }) => `${path}: ${says}`),
    },
  };
}
