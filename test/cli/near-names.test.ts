import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildHouseOfSecrets, canary, type HouseOfSecrets } from './support/house-of-secrets.ts';
import { runKeyhole } from './support/run-keyhole.ts';

let house: HouseOfSecrets;
beforeAll(async () => {
  house = await buildHouseOfSecrets();
});
afterAll(() => house.remove());

const keyhole = (words: readonly string[], env: Record<string, string> = {}) =>
  runKeyhole(words, { home: house.home, cwd: house.root, env });

describe('a name that was nearly right', () => {
  test.each([
    ['the end of a path, with a slip', ['get', 'drft.age'], 'secrets/drift.age'],
    ['a part that is not finished', ['get', 'foreig'], 'secrets/foreign.age'],
    ['a path, with a slip', ['who', 'secrets/anonymos.age'], 'secrets/anonymous.age'],
    ['in the wrong directory', ['rm', 'hosts/two-lines.age'], 'secrets/two-lines.age'],
    ['from where one stands', ['copy', './secrets/dbb.age'], 'secrets/db.age'],
    ['with the key that is wanted', ['get', 'app.evn#DB_USER'], 'secrets/app.env.age#DB_USER'],
    ['of a reader', ['what', 'alise'], 'alice'],
    ['of a reader in a filter', ['list', '--reader', 'caroll'], 'carol'],
    ['of a reader of something new', ['new', 'secrets/x.age', '--to', 'alic', '--value', 'x'], 'alice'],
    [
      'of a key, but for a slip',
      ['get', 'secrets/app.env.age#DB_PASWORD'],
      'secrets/app.env.age#DB_PASSWORD',
    ],
    [
      'of a key, but for its case',
      ['get', 'secrets/app.json.age#"Pass.Word"'],
      'secrets/app.json.age#db."pass.word"',
    ],
  ])('is told: %s', (_, words, meant) => {
    const ran = keyhole(words);
    expect(ran.stderr).toContain(`did you mean ${meant}?`);
    expect({ status: ran.status, text: ran.text }).toEqual({ status: 10, text: '' });
  });

  test('names a key for an editor too', () => {
    const ran = keyhole(['edit', 'secrets/app.env.age#URRL'], { EDITOR: 'true' });
    expect(ran.stderr).toContain('did you mean secrets/app.env.age#URL?');
    expect(ran.status).toBe(10);
  });

  test('names several that are as near, and no more than three', () => {
    expect(keyhole(['get', 'sam']).stderr).toContain(
      'did you mean hosts/db1/same.age or hosts/db2/same.age?',
    );
    const many = keyhole(['get', 'secretz']).stderr;
    expect(many.split('secrets/').length - 1).toBe(3);
  });

  test('names nothing that is far, no key that was not nearly typed, and never a value', () => {
    expect(keyhole(['get', 'zzzzzz']).stderr).toContain('keyhole list shows all secrets');
    expect(keyhole(['what', 'zzzzzz']).stderr).toContain('keyhole matrix shows all readers');
    const key = keyhole(['get', 'secrets/app.env.age#DB']);
    expect(key.stderr).toContain('keyhole get secrets/app.env.age# lists its keys');
    expect(key.stderr).not.toContain('DB_');
    // The same search finds the value where it was asked for.
    expect(keyhole(['get', 'secrets/app.env.age#DB_PASSWORD']).text).toContain(canary);
    expect(keyhole(['get', 'secrets/app.env.age#DB_PASSWORT']).stderr).not.toContain(canary);
    // A value typed for a key is near nothing.
    const ran = keyhole(['get', `secrets/app.env.age#${canary}-enw`]);
    expect(ran.stderr.split('\n').slice(1).join()).not.toContain(canary);
  });

  test('is told in JSON, with what cannot be seen made visible', () => {
    const { error } = JSON.parse(keyhole(['get', '--json', 'redd.age']).text);
    expect(error).toMatchObject({ code: 'not-found' });
    const near = keyhole(['get', 'a\u001b[31mrad.age']).stderr;
    expect(near).toContain('did you mean secrets/a^[[31mred.age?');
    expect(near).not.toContain('\u001b');
  });

  test.each([
    [['lst'], 'did you mean keyhole list?'],
    [['comp'], 'did you mean keyhole completion?'],
    [['--ident'], 'did you mean --identity?'],
    [['list', '--rea'], 'did you mean --reader?'],
  ])('a word of the command line itself: %j', (words, hint) => {
    const ran = keyhole(words);
    expect(ran.stderr).toContain(hint);
    expect(ran.status).toBe(2);
  });
});
