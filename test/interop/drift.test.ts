import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Recipient } from '../../src/core/recipient.ts';
import type { Stanza } from '../../src/core/stanza.ts';
import { compareRecipients } from '../../src/crypto/compare-recipients.ts';
import { generateX25519 } from '../../src/crypto/generate-identity.ts';
import { parseHeader } from '../../src/crypto/parse-header.ts';
import { parseRecipient } from '../../src/crypto/parse-recipient.ts';
import { must } from '../crypto/support.ts';
import { describeWithPeers } from '../support/peers.ts';
import { runTool, type Tool } from './peer-tools.ts';

const tools: readonly Tool[] = ['age', 'rage'];

describeWithPeers('drift in files that age and rage wrote', ['age', 'rage', 'ssh-keygen'], () => {
  let directory = '';
  let ed25519: Recipient;
  let rsa: Recipient;
  let stranger: Recipient;
  const { recipient: x25519 } = generateX25519();

  function sshKey(name: string, ...options: string[]): Recipient {
    const path = join(directory, name);
    execFileSync('ssh-keygen', ['-q', '-N', '', '-C', `${name}@test`, '-f', path, ...options]);
    return parseRecipient(readFileSync(`${path}.pub`, 'utf8'));
  }
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'keyhole-drift-'));
    ed25519 = sshKey('ed25519', '-t', 'ed25519');
    rsa = sshKey('rsa', '-t', 'rsa', '-b', '2048');
    stranger = sshKey('stranger', '-t', 'ed25519');
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  async function write(tool: Tool, recipients: readonly Recipient[]): Promise<Buffer> {
    const args = ['-e', '-a', ...recipients.flatMap((recipient) => ['-r', recipient.id])];
    return runTool({ tool, args, input: Buffer.from('x') });
  }
  const stanzasOf = (file: Uint8Array): readonly Stanza[] => must(parseHeader(file)).stanzas;

  test.each(tools)('%s: the same ssh keys match', async (tool) => {
    const stanzas = stanzasOf(await write(tool, [ed25519, rsa]));
    expect(compareRecipients([rsa, ed25519], stanzas)).toMatchObject({
      verdict: 'match',
      matched: [ed25519.id, rsa.id],
      unknown: 0,
    });
  });

  test.each(tools)('%s: a stranger on it and a missing key are both named', async (tool) => {
    const stanzas = stanzasOf(await write(tool, [ed25519, stranger]));
    const tag = stanzas[1]?.args[0];
    expect(compareRecipients([rsa, ed25519], stanzas)).toMatchObject({
      verdict: 'drift',
      matched: [ed25519.id],
      missing: [rsa.id],
      extra: [{ kind: 'ssh-ed25519', tag }],
    });
  });

  test.each(tools)('%s: an X25519 key is counted', async (tool) => {
    const stanzas = stanzasOf(await write(tool, [ed25519, x25519]));
    expect(compareRecipients([ed25519, x25519], stanzas)).toMatchObject({ verdict: 'unknown', unknown: 1 });
    expect(compareRecipients([ed25519], stanzas)).toMatchObject({
      verdict: 'drift',
      extra: [{ kind: 'X25519' }],
    });
  });

  test("rage's grease is really there and is no reader", async () => {
    const greased: Buffer[] = [];
    for (let i = 0; i < 5; i++) {
      const file = await write('rage', [ed25519]);
      const body = file.toString('latin1').split('\n').slice(1, -2).join('');
      if (/^-> \S+-grease/m.test(Buffer.from(body, 'base64').toString('latin1'))) greased.push(file);
    }
    expect(greased.length).toBeGreaterThan(0);
    for (const file of greased) expect(compareRecipients([ed25519], stanzasOf(file)).verdict).toBe('match');
  });

  test('age: post-quantum keys are counted apart', async () => {
    const path = join(directory, 'pq');
    execFileSync('age-keygen', ['-pq', '-o', path], { stdio: 'ignore' });
    const hybrid = parseRecipient(execFileSync('age-keygen', ['-y', path], { encoding: 'utf8' }));
    const stanzas = stanzasOf(await write('age', [hybrid]));
    expect(compareRecipients([hybrid], stanzas)).toMatchObject({
      verdict: 'unknown',
      unknown: 1,
      missing: [],
    });
    expect(compareRecipients([x25519], stanzas)).toMatchObject({
      verdict: 'drift',
      missing: [x25519.id],
      extra: [{ kind: 'mlkem768x25519' }],
    });
  });

  test('age: a key on P-256 hardware is told by its blinded tag', async () => {
    // A recipient of age's own plugin tests.
    const mine = parseRecipient('age1tag1qwe0kafsjrar4txm6heqnhpfuggzr0gvznz7fvygxrlq90u5mq2pysxtw6h');
    expect(mine.kind).toBe('tag');
    const stanzas = stanzasOf(await write('age', [mine, ed25519]));
    expect(compareRecipients([mine, ed25519], stanzas).verdict).toBe('match');
    expect(compareRecipients([ed25519], stanzas)).toMatchObject({ extra: [{ kind: 'p256tag' }] });
  });
});
