import path from 'node:path';
import { relativeToRoot } from '../../app/relative-to-root.ts';
import { formatAddress, formatKeyPath } from '../../core/address.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { countInvisible, show } from '../../core/safe-text.ts';
import { decodeUtf8 } from '../../core/utf8.ts';
import { refuseForAgent } from '../agent-mode.ts';
import type { CliIo } from '../cli-io.ts';
import { hasOption, type Invocation, valuesOf } from '../invocation.ts';
import { mayAsk } from '../may-ask.ts';
import { chooseRef, type OpenedTarget, openSecretFor } from '../open-secret-for.ts';
import { type Report, report } from '../report.ts';
import type { Output } from '../schema/output.ts';
import type { Command } from './command.ts';

export const get: Command = async (invocation, io): Promise<Outcome<Report>> => {
  const refused = refuseForAgent(invocation, io, 'get');
  if (refused) return refused;
  const output = valuesOf(invocation, 'output')[0];
  if (hasOption(invocation, 'force') && (output === undefined || output === '-')) {
    return fail('usage', '--force needs -o FILE');
  }
  if (output === '-' && hasOption(invocation, 'json'))
    return fail('usage', '-o - and --json exclude each other');
  const opened = await openSecretFor(invocation, io);
  if (!opened.ok) return opened;
  const target = opened.value;
  try {
    if (target.key?.length === 0) {
      return output === undefined
        ? ok(keyList(target))
        : fail('usage', 'a list of keys is not written to a file');
    }
    if (output !== undefined && output !== '-')
      return await toFile(target, path.resolve(io.cwd, output), invocation, io);
    return hasOption(invocation, 'json') ? asJson(target) : await toStdout(target, invocation, io);
  } finally {
    target.close();
  }
};

function keyList({ secret, notes }: OpenedTarget): Report {
  const keys = secret.entries.map((entry) => ({ ...entry, address: formatAddress(secret.id, entry.path) }));
  return report({
    json: {
      id: secret.id,
      kind: secret.kind,
      keys: keys.map(({ address, path: keyPath, size }) => ({ address, path: keyPath, size })),
    } satisfies Output<'get-keys'>,
    records: keys.map((entry) => [formatKeyPath(entry.path)]),
    notes: keys.length > 0 ? notes : [...notes, `${secret.id} has no keys: its value is ${secret.kind}`],
  });
}

async function toStdout(target: OpenedTarget, invocation: Invocation, io: CliIo): Promise<Outcome<Report>> {
  const ref = chooseRef(target);
  if (!ref.ok) return ref;
  if (io.stdout.isTerminal() && valuesOf(invocation, 'output')[0] !== '-') {
    const hidden = target.session.lend(ref.value, isUnsafeToPrint);
    if (!hidden.ok) return hidden;
    const allowed = hidden.value ? await allowUnsafe(mayAsk(invocation, io)) : null;
    if (allowed && !allowed.ok) return allowed;
  }
  const written = target.session.lend(ref.value, (bytes) => io.stdout.write(bytes));
  if (!written.ok) return written;
  return written.value.ok ? ok(report({ notes: target.notes })) : written.value;
}

/** Binary, or text with something in it that drives a terminal or cannot be seen. */
function isUnsafeToPrint(bytes: Uint8Array): boolean {
  const text = decodeUtf8(bytes);
  return text === null || countInvisible(text.replaceAll('\r\n', '\n')) > 0;
}

async function allowUnsafe(ask: boolean): Promise<Outcome<'allowed'>> {
  const says = 'the value is binary or holds control characters, which would drive this terminal';
  const hint = '-o FILE writes it to a file, -o - prints it as it is';
  if (!ask) return fail('needs-prompt', says, { hint });
  const { confirm } = await import('../../app/terminal/confirm.ts');
  const answer = await confirm(`${says}. Print it?`);
  if (!answer.ok) return answer;
  return answer.value ? ok('allowed') : fail('stopped', 'not printed', { hint });
}

function asJson(target: OpenedTarget): Outcome<Report> {
  const ref = chooseRef(target);
  if (!ref.ok) return ref;
  const { secret, key = null, notes } = target;
  const lent = target.session.lend(ref.value, (bytes): Output<'get'> => {
    const text = decodeUtf8(bytes);
    const value = text ?? Buffer.from(bytes).toString('base64');
    return { id: secret.id, key, size: bytes.length, encoding: text === null ? 'base64' : 'utf-8', value };
  });
  return lent.ok ? ok(report({ json: lent.value, notes })) : lent;
}

async function toFile(
  target: OpenedTarget,
  file: string,
  invocation: Invocation,
  io: CliIo,
): Promise<Outcome<Report>> {
  const ref = chooseRef(target);
  if (!ref.ok) return ref;
  const { whatIsThere, writePrivateFile } = await import('../../app/terminal/write-private-file.ts');
  let replace = hasOption(invocation, 'force');
  if (!replace && whatIsThere(file) === 'file') {
    const says = 'exists already';
    const hint = '--force replaces it';
    if (!mayAsk(invocation, io)) return fail('needs-prompt', says, { where: file, hint });
    const { confirm } = await import('../../app/terminal/confirm.ts');
    const answer = await confirm(`${show(file)} exists already. Replace it?`);
    if (!answer.ok) return answer;
    if (!answer.value) return fail('stopped', 'not replaced', { where: file, hint });
    replace = true;
  }
  const written = target.session.lend(ref.value, (bytes) => ({
    outcome: writePrivateFile(file, bytes, { replace }),
    size: bytes.length,
  }));
  if (!written.ok) return written;
  if (!written.value.outcome.ok) return written.value.outcome;
  const inside = relativeToRoot(target.session.repository().root, path.dirname(file)) !== null;
  const warning = inside ? [`${file} is inside the repository: do not commit it`] : [];
  return ok(
    report({
      json: {
        id: target.secret.id,
        key: target.key ?? null,
        size: written.value.size,
        output: file,
      } satisfies Output<'get-output'>,
      notes: [...target.notes, ...warning],
    }),
  );
}
