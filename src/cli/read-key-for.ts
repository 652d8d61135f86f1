import path from 'node:path';
import { readDescriptor, readInputFile } from '../app/terminal/read-input.ts';
import { fail, type Outcome, ok } from '../core/outcome.ts';
import { decodeUtf8 } from '../core/utf8.ts';
import { chooseGivenKey } from '../crypto/choose-given-key.ts';
import type { GivenKey } from '../crypto/given-key.ts';
import { readGivenKeys } from '../crypto/read-given-keys.ts';
import type { CliIo } from './cli-io.ts';
import { hasOption, type Invocation, valuesOf } from './invocation.ts';
import { mayAsk } from './may-ask.ts';

const ownHostKey = '/etc/ssh/ssh_host_ed25519_key.pub';

export interface KeyForCommand {
  readonly key: GivenKey;
  /** Lines beside it that are no keys for age. */
  readonly notes: readonly string[];
}

/**
 * The public key that --key gives, as text, in a file or on stdin, or that --this-host means. Errors: `usage`,
 * `needs-prompt`, `stopped`, `bad-recipient`, `ambiguous`, those of reading.
 */
export async function readKeyFor(invocation: Invocation, io: CliIo): Promise<Outcome<KeyForCommand>> {
  const [given] = valuesOf(invocation, 'key');
  const isOwn = hasOption(invocation, 'this-host');
  if (isOwn && given !== undefined) return fail('usage', '--key and --this-host exclude each other');
  const source = isOwn ? `@${ownHostKey}` : given;
  if (source === undefined) return fail('usage', 'no key was given', { hint: 'name it with --key' });
  const text = await textOf(source, invocation, io);
  if (!text.ok) return text;
  const keys = readGivenKeys(text.value);
  const key = keys.ok ? chooseGivenKey(keys.value) : keys;
  if (!key.ok) {
    const where = source === '-' ? 'stdin' : source.startsWith('@') ? source.slice(1) : '--key';
    return { ok: false, error: { where, ...key.error } };
  }
  const passed = keys.ok ? keys.value.passed : [];
  return ok({ key: key.value, notes: passed.map(({ line, says }) => `line ${line} of the key: ${says}`) });
}

async function textOf(source: string, invocation: Invocation, io: CliIo): Promise<Outcome<string>> {
  if (source !== '-' && !source.startsWith('@')) return ok(source);
  if (source === '-' && io.stdinIsTerminal()) {
    if (!mayAsk(invocation, io)) return fail('needs-prompt', 'no key was given', { hint: 'pipe it in' });
    const { readLine } = await import('../app/terminal/read-line.ts');
    return asText(await readLine('public key: ', { echo: true }));
  }
  return asText(
    source === '-' ? readDescriptor(0, 'stdin') : readInputFile(path.resolve(io.cwd, source.slice(1))),
  );
}

function asText(read: Outcome<Uint8Array>): Outcome<string> {
  if (!read.ok) return read;
  const text = decodeUtf8(read.value);
  return text === null ? fail('bad-recipient', 'not a text with public keys') : ok(text);
}
