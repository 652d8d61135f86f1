import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtProgram } from '../support/built-program.ts';
import { buildHouseOfSecrets, canary, type HouseOfSecrets, values } from './support/house-of-secrets.ts';
import { runKeyhole } from './support/run-keyhole.ts';

let house: HouseOfSecrets;
beforeAll(async () => {
  house = await buildHouseOfSecrets();
});
afterAll(() => house.remove());

const keyhole = (...words: string[]) => runKeyhole(words, { home: house.home, cwd: house.root });

describe('get', () => {
  test.each(Object.keys(values) as (keyof typeof values)[])('prints the exact bytes of %j', (name) => {
    const ran = keyhole('get', '--', name);
    expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: '' });
    expect(ran.stdout.equals(Buffer.from(values[name]))).toBe(true);
  });

  test.each([
    ['a unique end of the path', ['get', 'db.age']],
    ['without its extension', ['get', 'db']],
    ['under its other name', ['cat', 'secrets/db.age']],
    ['and the same under another', ['show', './secrets/db.age']],
  ])('finds a secret by %s', (_, words) => {
    expect(keyhole(...words).text).toBe(values['secrets/db.age']);
  });

  test('says so when there is no private key at all', () => {
    const ran = keyhole('--no-default-identities', 'get', 'secrets/db.age');
    expect(ran.text).toBe('');
    expect(ran.stderr).toContain('no private key was found');
    expect(ran.status).not.toBe(0);
  });

  test('finds it from a directory below, and from elsewhere with -C', () => {
    const below = runKeyhole(['get', 'db1/same.age'], {
      home: house.home,
      cwd: path.join(house.root, 'hosts'),
    });
    expect(below.text).toBe(values['hosts/db1/same.age']);
    const far = runKeyhole(['-C', '../nix-config', 'get', 'db.age'], {
      home: house.home,
      cwd: house.elsewhere,
    });
    expect(far.text).toBe(values['secrets/db.age']);
  });

  test.each([
    ['secrets/app.env.age#DB_PASSWORD', `${canary}-env`],
    ['app.env.age#URL', `https://${canary}.example`],
    ['secrets/app.json.age#db."pass.word"', `${canary}-json`],
    ['secrets/app.json.age#db.ports.1', '2'],
    ['secrets/app.yaml.age#db.password', `${canary}-yaml`],
  ])('prints one value: %s', (address, value) => {
    const ran = keyhole('get', address);
    expect({ status: ran.status, text: ran.text, stderr: ran.stderr }).toEqual({
      status: 0,
      text: value,
      stderr: '',
    });
  });

  test('lists keys with FILE#, so that each line is an address', () => {
    const listed = keyhole('get', 'secrets/app.json.age#');
    const keys = listed.text.trimEnd().split('\n');
    expect(keys).toEqual(['db."pass.word"', 'db.ports.0', 'db.ports.1']);
    expect(keyhole('get', `secrets/app.json.age#${keys[0]}`).text).toBe(`${canary}-json`);
  });

  test('says so when there are no keys', () => {
    const ran = keyhole('get', 'secrets/db.age#');
    expect({ status: ran.status, text: ran.text }).toEqual({ status: 0, text: '' });
    expect(ran.stderr).toContain('has no keys');
  });

  test('as JSON gives text as it is and bytes as base64', () => {
    const text: unknown = JSON.parse(keyhole('get', '--json', 'secrets/escapes.age').text);
    expect(text).toMatchObject({ encoding: 'utf-8', value: values['secrets/escapes.age'] });
    const bytes = JSON.parse(keyhole('get', '--json', 'secrets/all-bytes.age').text) as Record<
      string,
      string
    >;
    expect(bytes['encoding']).toBe('base64');
    expect(Buffer.from(bytes['value'] ?? '', 'base64').equals(values['secrets/all-bytes.age'])).toBe(true);
  });
});

describe('get -o FILE', () => {
  const at = (name: string) => path.join(house.elsewhere, name);

  test('makes a file that only its owner reads, and prints nothing', () => {
    const ran = keyhole('get', 'secrets/all-bytes.age', '-o', at('new'));
    expect({ status: ran.status, text: ran.text, stderr: ran.stderr }).toEqual({
      status: 0,
      text: '',
      stderr: '',
    });
    expect(readFileSync(at('new')).equals(values['secrets/all-bytes.age'])).toBe(true);
    expect(statSync(at('new')).mode & 0o777).toBe(0o600);
  });

  test('refuses to replace a file unasked, and leaves it alone', () => {
    writeFileSync(at('old'), 'mine');
    const ran = keyhole('get', 'secrets/db.age', '-o', at('old'));
    expect({ status: ran.status, text: readFileSync(at('old'), 'utf8') }).toEqual({
      status: 13,
      text: 'mine',
    });
    expect(ran.stderr).toContain('--force');
  });

  test('with --force replaces it, and does not keep its mode', () => {
    writeFileSync(at('open'), 'mine', { mode: 0o644 });
    expect(keyhole('get', 'secrets/db.age', '-o', at('open'), '--force').status).toBe(0);
    expect(readFileSync(at('open'), 'utf8')).toBe(values['secrets/db.age']);
    expect(statSync(at('open')).mode & 0o777).toBe(0o600);
  });

  test('with --force replaces a link and not what it points to', () => {
    writeFileSync(at('pointed-to'), 'mine');
    symlinkSync(at('pointed-to'), at('link'));
    expect(keyhole('get', 'secrets/db.age', '-o', at('link')).status).toBe(13);
    expect(keyhole('get', 'secrets/db.age', '-o', at('link'), '--force').status).toBe(0);
    expect(readFileSync(at('pointed-to'), 'utf8')).toBe('mine');
    expect(readFileSync(at('link'), 'utf8')).toBe(values['secrets/db.age']);
  });

  test('writes into a stream like /dev/stdout without a question', () => {
    const file = at('redirected');
    const command = 'exec "$@" secrets/db.age -o /dev/stdout';
    for (const line of [`${command} --force >'${file}'`, `${command} | cat >'${file}'`]) {
      const ran = spawnSync('sh', ['-c', line, 'sh', process.execPath, builtProgram(), 'get'], {
        cwd: house.root,
        env: { PATH: process.env['PATH'], HOME: house.home },
      });
      expect({ status: ran.status, stderr: ran.stderr.toString() }).toEqual({ status: 0, stderr: '' });
      expect(readFileSync(file, 'utf8')).toBe(values['secrets/db.age']);
      expect(lstatSync('/dev/stdout').isSymbolicLink()).toBe(true);
    }
    expect(keyhole('get', 'secrets/db.age', '-o', '-').text).toBe(values['secrets/db.age']);
  });

  test('leaves alone what stands before it in a file that /dev/stdout is', () => {
    const out = path.join(house.elsewhere, 'collected');
    const script = '{ printf "before "; "$@"; } > "$0"';
    const words = [process.execPath, builtProgram(), 'get', 'secrets/db.age', '-o', '/dev/stdout'];
    const ran = spawnSync('sh', ['-c', script, out, ...words], {
      cwd: house.root,
      env: { PATH: process.env['PATH'], HOME: house.home },
    });
    expect(ran.status).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(`before ${values['secrets/db.age']}`);
  });

  test('fails on a directory and on a place that is not there, and leaves nothing behind', () => {
    mkdirSync(at('directory'));
    for (const target of [at('directory'), at('no/where')]) {
      const ran = keyhole('get', 'secrets/db.age', '-o', target, '--force');
      expect({ status: ran.status, text: ran.text }).toEqual({ status: 18, text: '' });
    }
    expect(existsSync(at('no'))).toBe(false);
  });

  test('warns when the file lies in the repository', () => {
    const ran = keyhole('get', 'secrets/db.age', '-o', 'plain.txt');
    expect(ran.stderr).toContain('do not commit it');
    expect(readFileSync(path.join(house.root, 'plain.txt'), 'utf8')).toBe(values['secrets/db.age']);
  });
});
