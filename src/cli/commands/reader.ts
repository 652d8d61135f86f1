import type { ReaderRequest } from '../../app/usecases/meant-reader.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { CliIo } from '../cli-io.ts';
import { hasOption, type Invocation, valuesOf } from '../invocation.ts';
import type { OpenedForCommand } from '../open-session-for.ts';
import { readKeyFor } from '../read-key-for.ts';
import { type RequestForCommand, readerChangeFor } from '../reader-change-for.ts';
import { wholeSecrets } from '../whole-secrets.ts';
import type { Command } from './command.ts';

export const reader: Command = (invocation, io) =>
  readerChangeFor(invocation, io, (opened) => requestOf(invocation, io, opened));

async function requestOf(
  invocation: Invocation,
  io: CliIo,
  opened: OpenedForCommand,
): Promise<Outcome<RequestForCommand>> {
  const [action = '', name = '', ...rest] = invocation.positionals;
  const [group = null] = valuesOf(invocation, 'group');
  const alien = optionsThatSayNothing(invocation, action);
  if (alien !== null) return fail('usage', `reader ${action} takes no --${alien}`);
  const only = (request: ReaderRequest, more: number): Outcome<RequestForCommand> =>
    rest.length === more
      ? ok({ request, notes: [] })
      : fail('usage', `reader ${action} takes ${more === 0 ? 'one name' : 'the old name and the new one'}`);
  switch (action) {
    case 'add': {
      if (hasKey(invocation)) return newReader(invocation, io, opened, name, rest);
      if (group === null)
        return fail('usage', 'reader add needs a key, or a group for a reader who is there', {
          hint: '--key KEY, --this-host, or --group NAME',
        });
      return only({ kind: 'join', name, group }, 0);
    }
    case 'replace': {
      const read = await readKeyFor(invocation, io);
      if (!read.ok) return read;
      const [instead = null] = valuesOf(invocation, 'instead');
      const request = only({ kind: 'replace', name, key: read.value.key, instead }, 0);
      return request.ok ? ok({ ...request.value, notes: read.value.notes }) : request;
    }
    case 'rename':
      return only({ kind: 'rename', name, to: rest[0] ?? '' }, 1);
    default:
      return only(group === null ? { kind: 'remove', name } : { kind: 'leave', name, group }, 0);
  }
}

const hasKey = (invocation: Invocation): boolean =>
  hasOption(invocation, 'key') || hasOption(invocation, 'this-host');

/** A reader with a key that the rules do not have yet, for these secrets. */
export async function newReader(
  invocation: Invocation,
  io: CliIo,
  opened: OpenedForCommand,
  name: string,
  files: readonly string[],
): Promise<Outcome<RequestForCommand>> {
  const secrets = wholeSecrets(opened, files, 'only whole secrets have readers');
  if (!secrets.ok) return secrets;
  const read = await readKeyFor(invocation, io);
  if (!read.ok) return read;
  const [group = null] = valuesOf(invocation, 'group');
  const [beside = null] = valuesOf(invocation, 'beside');
  const { key, notes } = read.value;
  return ok({ request: { kind: 'add', name, key, group, beside, secrets: secrets.value }, notes });
}

const meaning: Readonly<Record<string, readonly string[]>> = {
  add: ['key', 'this-host', 'group', 'beside', 'accept-look-alike'],
  replace: ['key', 'this-host', 'instead', 'accept-look-alike'],
  rename: [],
  remove: ['group'],
};

/** An option of another action, which would be passed over silently. */
function optionsThatSayNothing(invocation: Invocation, action: string): string | null {
  const all = new Set(Object.values(meaning).flat());
  return [...all].find((name) => hasOption(invocation, name) && !meaning[action]?.includes(name)) ?? null;
}
