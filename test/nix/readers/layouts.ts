import { generateKeyPairSync } from 'node:crypto';
import { ed25519Blob, rsaBlob } from '../../../src/crypto/ssh/public-key.ts';
import * as fixtures from '../support/rules-fixtures.ts';

/** A real key, so that it can be told from others as age tells them. */
export function freshKey(comment: string): string {
  const jwk = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const blob = ed25519Blob(Buffer.from(jwk.x ?? '', 'base64url'));
  return `ssh-ed25519 ${blob.toString('base64')}${comment === '' ? '' : ` ${comment}`}`;
}

function freshRsa(comment: string): string {
  const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
  const blob = rsaBlob(Buffer.from([1, 0, 1]), Buffer.from(jwk.n ?? '', 'base64url'));
  return `ssh-rsa ${blob.toString('base64')} ${comment}`;
}

export const alice = freshKey('alice@laptop');
export const bob = freshKey('bob@desk');
export const web1 = freshKey('root@web1');
export const web2 = freshRsa('root@web2');

const real = new Map([
  [fixtures.alice, alice],
  [fixtures.bob, bob],
  [fixtures.web1, web1],
  [fixtures.web2, web2],
]);

const withRealKeys = (text: string): string =>
  [...real].reduce((changed, [fake, key]) => changed.replaceAll(fake, key), text);

export interface Layout {
  readonly layout: string;
  readonly rules: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Every way of writing rules that real repositories have and that evaluates, with keys that age can encrypt to. */
export const layouts: readonly Layout[] = [
  ...fixtures.rulesFixtures
    .filter(({ gives, nix }) => !('fails' in gives) && nix === undefined)
    .map(({ layout, rules, files }) => ({
      layout,
      rules,
      files: Object.fromEntries(Object.entries(files).map(([path, text]) => [path, withRealKeys(text)])),
    })),
  {
    layout: 'comments, columns and blank lines',
    rules: 'secrets.nix',
    files: {
      'secrets.nix': `# who reads what
let
  # people
  alice  = "${alice}"; # the boss
  bob    = "${bob}";

  # hosts
  web1   = "${web1}";
  web2   = "${web2}";

  people = [ alice bob ];
  hosts  = [
    web1 # in the cellar
    web2
  ];
in
{
  # the database
  "db.age".publicKeys  = people ++ hosts;
  "bob.age".publicKeys = [ bob alice ];
  "web.age".publicKeys = hosts ++ [ bob ];
}
`,
    },
  },
  {
    layout: 'a .pub file for each reader',
    rules: 'secrets.nix',
    files: {
      'secrets.nix': `let
  alice = builtins.readFile ./keys/alice.pub;
  bob = builtins.readFile ./keys/bob.pub;
  hosts = { web1 = builtins.readFile ./hosts/web1/key.pub; web2 = builtins.readFile ./hosts/web2/key.pub; };
  everybody = [ alice bob ] ++ builtins.attrValues hosts;
in
{
  "all.age".publicKeys = everybody;
  "a.age".publicKeys = [ alice hosts.web1 ];
  "b.age".publicKeys = [ alice bob ];
}
`,
      'keys/alice.pub': `${alice}\n`,
      'keys/bob.pub': `${bob}\n`,
      'hosts/web1/key.pub': `${web1}\n`,
      'hosts/web2/key.pub': `${web2}\n`,
    },
  },
  {
    layout: 'one line, and a list of the keys of one person',
    rules: 'secrets.nix',
    files: {
      'secrets.nix': `let alice = "${alice}"; bob = [ "${bob}" ]; hosts.web1 = "${web1}"; hosts.web2 = "${web2}"; in { "a.age".publicKeys = [ alice hosts.web1 ] ++ bob; "b.age".publicKeys = bob ++ [ hosts.web2 ]; }`,
    },
  },
];
