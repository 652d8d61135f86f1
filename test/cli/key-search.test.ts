import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { generateSshKey } from '../../src/app/demo/generate-ssh-key.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { buildHouseOfSecrets, type HouseOfSecrets } from './support/house-of-secrets.ts';
import { runKeyhole } from './support/run-keyhole.ts';

let house: HouseOfSecrets;
let strange: string;
beforeAll(async () => {
  house = await buildHouseOfSecrets();
});
afterAll(() => house.remove());

/** A home of somebody who reads nothing. */
let home: string;
beforeEach(() => {
  home = temporaryDirectory();
  strange = path.join(home, 'strange');
  writeFileSync(strange, generateSshKey('stranger').privateFile, { mode: 0o600 });
});

const keyhole = (...words: string[]) => runKeyhole(words, { home, cwd: house.root });
const failure = (...words: string[]) => JSON.parse(keyhole(...words, '--json').text).error;

describe('no key opens it', () => {
  test('without any key, it is said where keys were looked for', () => {
    const ran = keyhole('get', 'secrets/db.age');
    const [cause, ...more] = ran.stderr.split('\n');
    // The machine's own host key may be there, and open nothing.
    expect(cause).toMatch(/^keyhole: secrets\/db\.age: (no private key was found|none of the keys found)/);
    expect(more[0]).toMatch(/^ {2}give /);
    const places = more.find((line) => line.startsWith('  no such file: ~/.ssh/id_ed25519, ~/.ssh/id_rsa, '));
    for (const place of ['~/.config/sops/age/keys.txt', '~/.config/age', '~/.passage/identities'])
      expect(places).toContain(place);
    expect(ran.status).toBe(11);
  });

  test.each(['get', 'copy'])('with others, %s tells which were tried and which are no use', (command) => {
    mkdirSync(path.join(home, '.config/age'), { recursive: true });
    mkdirSync(path.join(home, '.config/sops/age'), { recursive: true });
    writeFileSync(path.join(home, '.config/age/notes'), 'shopping\n');
    writeFileSync(path.join(home, '.config/sops/age/keys.txt'), '# none yet\n');
    const error = failure(command, '-i', strange, 'secrets/db.age');
    expect(error.says).toBe('none of the keys found opens it (it is encrypted to ssh-ed25519)');
    expect(error.details.slice(0, 2)).toEqual([
      expect.stringMatching(/^tried: ~\/strange \(ssh-ed25519\)/),
      'cannot be used: ~/.config/sops/age/keys.txt (no private key in this file)',
    ]);
    expect(error.details).toContain('no private key in it: ~/.config/age/notes');
  });

  test('a key that was given and is not there comes first', () => {
    const [cause] = keyhole('-i', '/nope', 'get', 'secrets/db.age').stderr.split('\n');
    expect(cause).toMatch(/^keyhole: secrets\/db\.age: the key \/nope cannot be used: no such file; no/);
    const { says, details } = failure('-i', '/nope', '-i', strange, 'get', 'secrets/db.age');
    expect(says).toMatch(/^the key \/nope cannot be used: no such file; none of the keys/);
    expect(details.join()).not.toContain('/nope');
  });

  test('what was not looked at is said too', () => {
    const error = failure('--no-default-identities', '-i', strange, 'get', 'secrets/db.age');
    expect(error.details).toEqual([
      'tried: ~/strange (ssh-ed25519)',
      'not looked at: the usual places (--no-default-identities)',
    ]);
  });

  test('to set one value and to edit it is the same', () => {
    for (const words of [
      ['set', 'secrets/app.env.age#DB_USER', '--value', 'x'],
      ['edit', 'secrets/app.env.age'],
    ]) {
      const ran = runKeyhole(words, { home, cwd: house.root, env: { EDITOR: 'true' } });
      expect(ran.stderr).toContain('no such file: ~/.ssh/id_ed25519');
      expect(ran.status).toBe(11);
    }
  });
});

describe('--verbose of a command that fails', () => {
  test('tells the rules, the keys, and where there is none', () => {
    const ran = keyhole('-v', '-i', strange, 'get', 'secrets/db.age');
    expect(ran.status).toBe(11);
    expect(ran.stderr).toContain('keyhole: rules secrets.nix: ');
    expect(ran.stderr).toContain('keyhole: key ~/strange: ssh-ed25519, open');
    expect(ran.stderr).toContain('keyhole: no key at ~/.ssh/id_rsa: no such file');
    // The cause stays last, where an error is looked for.
    expect(ran.stderr.indexOf('none of the keys')).toBeGreaterThan(ran.stderr.indexOf('no key at'));
  });

  test('also where there is no such secret; and is silent with --quiet', () => {
    expect(keyhole('-v', 'get', 'zzzzzz').stderr).toContain(`keyhole: repository ${house.root}`);
    expect(keyhole('-v', '-q', 'get', 'zzzzzz').stderr).not.toContain('repository');
  });
});
