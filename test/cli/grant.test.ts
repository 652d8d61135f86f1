import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { outputs } from '../../src/cli/schema/outputs.ts';
import { generateX25519 } from '../../src/crypto/generate-identity.ts';
import { encrypted, member } from '../support/agenix-repository.ts';
import { git, gitRepository } from '../support/git-repository.ts';
import { describeWithPeers } from '../support/peers.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { onlyFirstWrite } from './support/first-write.ts';
import { type Ran, runKeyhole } from './support/run-keyhole.ts';

const alice = member('alice');
const bob = member('bob');
const carol = member('carol');
const web = member('web', 'root@web');
const stranger = generateX25519();

const rules = `# who reads what
let
  alice = "${alice.publicLine}";
  bob = "${bob.publicLine}";
  carol = "${carol.publicLine}";
  hosts.web = "${web.publicLine}";
  team = [ alice bob ]; # shared
in {
  "db.age".publicKeys = [ alice bob ]; # the database
  "app.age".publicKeys = team ++ [ hosts.web ];
  "tls.age".publicKeys = team;
  "mine.age".publicKeys = [ alice ];
  "later.age".publicKeys = [ alice ];
}
`;

let home: string;
let root: string;

const keyhole = (...words: readonly string[]): Ran => runKeyhole(words, { home, cwd: root });
const rulesNow = (): string => readFileSync(path.join(root, 'secrets.nix'), 'utf8');
const contentOf = (file: string): string => `value of ${file}\n`;
const changed = (): readonly string[] => git(root, 'diff', '--name-only').split('\n').filter(Boolean);

beforeEach(async () => {
  home = temporaryDirectory();
  mkdirSync(path.join(home, '.ssh'));
  for (const { name, privateFile } of [alice, bob, carol, web])
    writeFileSync(path.join(home, name), privateFile, { mode: 0o600 });
  writeFileSync(path.join(home, '.ssh/id_ed25519'), alice.privateFile, { mode: 0o600 });
  root = path.join(home, 'repository');
  mkdirSync(root);
  gitRepository(
    {
      'secrets.nix': rules,
      'db.age': await encrypted(contentOf('db.age'), [alice, bob]),
      'app.age': await encrypted(contentOf('app.age'), [alice, bob, web]),
      'tls.age': await encrypted(contentOf('tls.age'), [alice, bob]),
      'mine.age': await encrypted(contentOf('mine.age'), [alice]),
    },
    root,
  );
});

describe('grant', () => {
  test('changes the rules in their own text and the files, as one write that undo takes back', () => {
    const ran = keyhole('grant', 'web', 'db.age', 'mine.age');
    expect(ran).toMatchObject({
      status: 0,
      text: 'replaced\tdb.age\t2 → 3 + web\nreplaced\tmine.age\t1 → 2 + web\nreplaced\tsecrets.nix\n',
      stderr: onlyFirstWrite,
    });
    expect(rulesNow()).toBe(
      rules
        .replace('[ alice bob ]; # the', '[ alice bob hosts.web ]; # the')
        .replace('"mine.age".publicKeys = [ alice ]', '"mine.age".publicKeys = [ alice hosts.web ]'),
    );
    expect(keyhole('get', 'db.age').text).toBe(contentOf('db.age'));
    expect(keyhole('list', '--state', 'drift').text).toBe('');
    expect(keyhole('undo').status).toBe(0);
    expect(changed()).toEqual([]);
  });

  test('a group, a key without a name, and a rule without a file', () => {
    expect(keyhole('grant', 'team', 'mine.age')).toMatchObject({ status: 2 });
    expect(keyhole('grant', stranger.recipient.id, 'mine.age').status).toBe(0);
    expect(rulesNow()).toContain(`[ alice "${stranger.recipient.id}" ]`);
    const ran = keyhole('grant', 'bob', 'later.age');
    expect(ran).toMatchObject({ status: 0, text: 'replaced\tsecrets.nix\n' });
    expect(ran.stderr).toContain('there is no file');
    expect(keyhole('revoke', 'alice', 'later.age').status).toBe(0);
    expect(keyhole('grant', 'carol', 'later.age').status).toBe(0);
    expect(rulesNow()).toContain('"later.age".publicKeys = [ bob carol ];');
  });

  test('who has it already is told, and nothing is written; a file that lacks it is', async () => {
    const ran = keyhole('grant', 'bob', 'tls.age');
    expect(ran).toMatchObject({ status: 0, text: 'unchanged\ttls.age\n' });
    expect(ran.stderr).toContain('the rules give it to bob already');
    expect(changed()).toEqual([]);
    writeFileSync(path.join(root, 'tls.age'), await encrypted(contentOf('tls.age'), [alice]));
    expect(keyhole('grant', 'bob', 'tls.age').text).toBe('replaced\ttls.age\t1 → 2 + bob\n');
    expect(rulesNow()).toBe(rules);
  });

  test('others who gain or lose the file meanwhile must be meant', async () => {
    writeFileSync(path.join(root, 'db.age'), await encrypted(contentOf('db.age'), [alice, carol]));
    const refused = keyhole('grant', 'web', 'db.age');
    expect(refused.status).toBe(13);
    expect(refused.stderr).toContain('becomes readable for bob');
    expect(refused.stderr).not.toContain('web (');
    expect(rulesNow()).toBe(rules);
    const meant = keyhole('grant', 'web', 'db.age', '--accept-readers');
    expect(meant.text).toMatch(/db\.age\t2 → 3 \+ bob \+ web - unknown ssh-ed25519 \S+\n/);
  });

  test.each([
    ['a name that nobody has', 10, ['nobody', 'db.age']],
    ['a secret by a part of its path', 10, ['bob', 'db']],
    ['a key inside', 2, ['bob', 'db.age#x']],
    ['a broken public key', 17, ['ssh-ed25519 AAAA', 'db.age']],
    ['no secret', 2, ['bob']],
  ])('refuses %s', (_, status, words) => {
    expect(keyhole('grant', ...words).status).toBe(status);
    expect(changed()).toEqual([]);
  });

  test('a file that does not open stops all of it', async () => {
    writeFileSync(path.join(root, 'mine.age'), await encrypted(contentOf('mine.age'), [carol]));
    const ran = keyhole('grant', 'web', 'db.age', 'mine.age', '--json');
    expect(ran.status).toBe(11);
    expect(JSON.parse(ran.text).error).toMatchObject({ code: 'no-key', where: 'mine.age' });
    expect(rulesNow()).toBe(rules);
    expect(changed()).toEqual(['mine.age']);
  });
});

describe('revoke', () => {
  test('takes a reader out of the rules and off the file, and names what it may know', () => {
    const ran = keyhole('revoke', 'bob', 'db.age');
    expect(ran).toMatchObject({
      status: 0,
      text: 'replaced\tdb.age\t2 → 1 - bob\nreplaced\tsecrets.nix\n',
    });
    expect(ran.stderr).toContain('give these another value: db.age');
    expect(rulesNow()).toBe(rules.replace('[ alice bob ]; # the', '[ alice ]; # the'));
    expect(keyhole('revoke', 'bob', 'db.age')).toMatchObject({ status: 0, text: 'unchanged\tdb.age\n' });
  });

  test('a list that feeds others is not edited unasked; what to do by hand is said', () => {
    const refused = keyhole('revoke', 'bob', 'app.age');
    expect(refused.status).toBe(18);
    expect(refused.stderr).toContain(
      'bob comes with a list that gives readers to 1 other secret, too: tls.age',
    );
    expect(refused.stderr).toContain('put [ alice hosts.web ] in place of team ++ [ hosts.web ]');
    expect(changed()).toEqual([]);
    const ran = keyhole('revoke', 'bob', 'app.age', '--group');
    expect(ran).toMatchObject({
      status: 0,
      text: 'replaced\tapp.age\t3 → 2 - bob\nreplaced\ttls.age\t2 → 1 - bob\nreplaced\tsecrets.nix\n',
    });
    expect(rulesNow()).toBe(rules.replace('team = [ alice bob ]', 'team = [ alice ]'));
    expect(keyhole('undo').status).toBe(0);
    expect(changed()).toEqual([]);
  });

  test('where all that the list feeds is named, it is edited', () => {
    expect(keyhole('revoke', 'bob', 'app.age', 'tls.age').status).toBe(0);
    expect(rulesNow()).toContain('team = [ alice ]; # shared');
  });

  test('a whole group goes as it is written', () => {
    expect(keyhole('revoke', 'team', 'app.age', '--allow-unreadable').status).toBe(0);
    expect(rulesNow()).toContain('"app.age".publicKeys = [ hosts.web ];');
  });

  test('the last key that opens it here is not given up by a slip', () => {
    const refused = keyhole('revoke', 'alice', 'db.age');
    expect(refused.status).toBe(13);
    expect(refused.stderr).toContain('--allow-unreadable');
    expect(changed()).toEqual([]);
    expect(keyhole('revoke', 'alice', 'mine.age').status).toBe(2);
    expect(keyhole('revoke', 'alice', 'db.age', '--allow-unreadable').status).toBe(0);
  });

  test('--dry-run shows the plan with the lines of the rules', () => {
    const plan = JSON.parse(keyhole('revoke', 'bob', 'app.age', '--group', '--dry-run', '--json').text);
    expect(plan).toMatchObject({ rotate: ['app.age', 'tls.age'], label: 'revoke bob app.age' });
    expect(plan.texts[0].lines.map(({ sign }: { sign: string }) => sign)).toEqual(['-', '+']);
    expect(Object.keys(plan).toSorted()).toEqual(
      ['schema', 'ok', ...Object.keys(outputs.plan.json.properties ?? {})].toSorted(),
    );
    expect(changed()).toEqual([]);
  });
});

describeWithPeers('what the real age opens', ['age'], () => {
  test('the new reader reads, the old one does not', () => {
    const age = (reader: string) =>
      spawnSync('age', ['-d', '-i', path.join(home, reader), path.join(root, 'db.age')], {
        encoding: 'utf8',
      });
    expect(age('web').status).toBe(1);
    expect(keyhole('grant', 'web', 'db.age').status).toBe(0);
    expect(age('web')).toMatchObject({ status: 0, stdout: contentOf('db.age') });
    expect(keyhole('revoke', 'bob', 'db.age').status).toBe(0);
    expect(age('bob')).toMatchObject({ status: 1, stdout: '' });
    expect(age('web').stdout).toBe(contentOf('db.age'));
  });
});
