import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateSshKey } from '../../../src/app/demo/generate-ssh-key.ts';
import { encryptFile } from '../../../src/crypto/encrypt-file.ts';
import { generateX25519 } from '../../../src/crypto/generate-identity.ts';
import { parseRecipient } from '../../../src/crypto/parse-recipient.ts';
import { git, writeFiles } from '../../support/git-repository.ts';

/** Stands in every value: wherever it turns up beside `get`, something leaked. */
export const canary = 'CANARY-7f3a9c';

export const values = {
  'secrets/db.age': `${canary} of the database`,
  'secrets/two-lines.age': `first ${canary}\nsecond\n`,
  'secrets/app.env.age': `DB_USER=app\nDB_PASSWORD=${canary}-env\nURL="https://${canary}.example"\n`,
  'secrets/app.json.age': JSON.stringify({ db: { 'pass.word': `${canary}-json`, ports: [1, 2] } }),
  'secrets/app.yaml.age': `db:\n  user: app\n  password: ${canary}-yaml\nports:\n  - 80\n  - 443\n`,
  'secrets/all-bytes.age': Buffer.concat([
    Buffer.from(canary),
    Buffer.from(Array.from({ length: 256 }, (_, i) => i)),
  ]),
  'secrets/escapes.age': `${canary}\u001b]0;owned\u0007\n`,
  'secrets/empty.age': '',
  'secrets/-i.age': `${canary} dash`,
  'secrets/with space.age': `${canary} space`,
  'secrets/new\nline.age': `${canary} newline`,
  'secrets/a\u001b[31mred.age': `${canary} escape`,
  'hosts/db1/same.age': `${canary} db1`,
  'hosts/db2/same.age': `${canary} db2`,
} as const;

export interface HouseOfSecrets {
  readonly root: string;
  /** Home with alice's key where keyhole looks for it. */
  readonly home: string;
  /** A directory outside the repository. */
  readonly elsewhere: string;
  readonly publicKeys: { readonly alice: string; readonly bob: string; readonly carol: string };
  readonly remove: () => void;
}

/**
 * A repository of one of each: alice (our ssh key) reads `values`; only carol reads `secrets/foreign.age`; and there is
 * a file for each state. bob's key is anonymous (X25519).
 */
export async function buildHouseOfSecrets(): Promise<HouseOfSecrets> {
  const top = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyhole-cli-')));
  const [root, home, elsewhere] = [
    path.join(top, 'nix-config'),
    path.join(top, 'home'),
    path.join(top, 'elsewhere'),
  ];
  for (const directory of [root, path.join(home, '.ssh'), elsewhere])
    mkdirSync(directory, { recursive: true });
  const alice = generateSshKey('alice@laptop');
  const carol = generateSshKey('carol');
  const publicKeys = {
    alice: alice.publicLine,
    bob: generateX25519().recipient.id as string,
    carol: carol.publicLine,
  };
  writeFileSync(path.join(home, '.ssh/id_ed25519'), alice.privateFile, { mode: 0o600 });
  writeFileSync(path.join(home, '.ssh/id_ed25519.pub'), `${alice.publicLine}\n`);

  const encrypt = async (value: string | Uint8Array, ...readers: (keyof typeof publicKeys)[]) => {
    const recipients = readers.map((reader) => parseRecipient(publicKeys[reader]));
    const file = await encryptFile(Buffer.from(value), recipients, { armor: false });
    if (!file.ok) throw new Error(file.error.says);
    return file.value;
  };
  const files: Record<string, Uint8Array | string> = {};
  for (const [name, value] of Object.entries(values)) files[name] = await encrypt(value, 'alice', 'carol');
  const truncated = (await encrypt(canary.repeat(20), 'alice', 'carol')).subarray(0, -30);
  Object.assign(files, {
    'secrets/foreign.age': await encrypt(canary, 'carol'),
    'secrets/anonymous.age': await encrypt(canary, 'alice', 'bob'),
    'secrets/drift.age': await encrypt(canary, 'alice', 'carol'),
    'secrets/a\u001b[2Jorphan.age': await encrypt(canary, 'alice'),
    'secrets/truncated.age': truncated,
    'secrets/garbage.age': `not an age file ${canary}\n`,
    'secrets.nix': rulesText(publicKeys),
  });
  git(root, 'init', '-q', '-b', 'main');
  writeFiles(root, files);
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '-m', 'start');
  return { root, home, elsewhere, publicKeys, remove: () => rmSync(top, { recursive: true, force: true }) };
}

function rulesText(keys: HouseOfSecrets['publicKeys']): string {
  const both = [...Object.keys(values), 'secrets/truncated.age', 'secrets/garbage.age'];
  const rule = (name: string, readers: string) => `  ${nixString(name)}.publicKeys = [ ${readers} ];`;
  return [
    'let',
    `  alice = "${keys.alice}";`,
    `  bob = "${keys.bob}";`,
    `  carol = "${keys.carol}";`,
    'in {',
    ...both.map((name) => rule(name, 'alice carol')),
    rule('secrets/foreign.age', 'carol'),
    rule('secrets/anonymous.age', 'alice bob'),
    rule('secrets/drift.age', 'alice'),
    rule('secrets/missing.age', 'alice'),
    '}',
    '',
  ].join('\n');
}

const nixString = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('${', '\\${').replaceAll('\n', '\\n')}"`;
