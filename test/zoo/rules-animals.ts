import { execFileSync } from 'node:child_process';
import { symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Animal, Sign } from './animal.ts';
import type { Cage } from './cage.ts';

const inRules = (says: RegExp): Sign => ({ problem: { where: /secrets\.nix/, says } });

/** A `secrets.nix` at the root, with the text that `make` gives. */
const rules = (name: string, make: (cage: Cage) => string | Uint8Array, says: RegExp = /./): Animal => ({
  name,
  build: (cage) => cage.write({ 'secrets.nix': make(cage) }),
  sign: inRules(says),
});

/** An otherwise fine rule whose readers come from a hostile expression. */
const keysFrom = (name: string, expression: (cage: Cage) => string, says?: RegExp): Animal =>
  rules(name, (cage) => `{ "x.age".publicKeys = [ (${expression(cage)}) ]; }`, says);

const keyed = (name: string, key: (cage: Cage) => string, says: RegExp): Animal =>
  rules(
    name,
    (cage) => `{ ${JSON.stringify(key(cage))}.publicKeys = [ "${cage.alice.publicLine}" ]; }`,
    says,
  );

const drv = (cage: Cage): string =>
  `derivation { name = "x"; system = builtins.currentSystem; builder = "/bin/sh"; args = [ "-c" "${cage.trap('builder')}" ]; }`;

/** Reliability 2.1: what a rules file may try. Nix's own features first, then sheer size, then names. */
export const rulesAnimals: readonly Animal[] = [
  keysFrom('reads a file outside', (cage) => `builtins.readFile ${cage.outside}/canary.txt`),
  keysFrom('reads a file outside by going up', () => 'builtins.readFile ../outside/canary.txt'),
  keysFrom('reads a system file', () => 'builtins.readFile /etc/hostname'),
  keysFrom(
    'reads a file outside by a computed path',
    (cage) => `builtins.readFile (/. + "${cage.outside}/canary.txt")`,
  ),
  {
    name: 'reads a file outside through a link',
    build(cage) {
      symlinkSync(join(cage.outside, 'canary.txt'), join(cage.root, 'key.pub'));
      cage.write({ 'secrets.nix': '{ "x.age".publicKeys = [ (builtins.readFile ./key.pub) ]; }' });
    },
    sign: inRules(/./),
  },
  rules('imports rules from outside', () => 'import ../outside/rules.nix'),
  keysFrom('lists a directory outside', () => 'builtins.head (builtins.attrNames (builtins.readDir /etc))'),
  keysFrom(
    'asks what exists outside',
    (cage) => `if builtins.pathExists ${cage.outside} then "ssh-ed25519 AAAA" else 1`,
  ),
  keysFrom('reads the environment', () => 'assert builtins.getEnv "HOME" != ""; builtins.getEnv "HOME"'),
  keysFrom('fetches from the network', () => 'builtins.readFile (builtins.fetchurl "http://127.0.0.1:9/x")'),
  keysFrom('fetches a tarball', () => 'import (builtins.fetchTarball "http://127.0.0.1:9/x.tar.gz")'),
  keysFrom(
    'fetches by a git transport that runs a program',
    (cage) => `builtins.fetchGit "ext::sh -c ${cage.trap('fetch').replaceAll(' ', '% ')}"`,
  ),
  {
    name: 'has git run what its configuration says',
    build(cage) {
      cage.write({
        'secrets.nix': '{ "x.age".publicKeys = [ (builtins.readFile "${builtins.fetchGit ./.}/k.pub") ]; }',
        'k.pub': 'k',
      });
      cage.git('add', '-A');
      cage.git('commit', '-qm', 'keys');
      cage.git('config', 'core.fsmonitor', cage.trap('fsmonitor'));
      cage.write({ 'k.pub': 'changed' });
    },
    sign: inRules(/fetchGit/),
  },
  keysFrom(
    'fetches a file by git',
    (cage) => `builtins.readFile "\${builtins.fetchGit { url = "file://${cage.outside}"; }}/canary.txt"`,
  ),
  keysFrom('asks for a flake', () => '(builtins.getFlake "github:example/example").x'),
  keysFrom('runs a program', (cage) => `builtins.exec [ "sh" "-c" "${cage.trap('exec')}" ]`),
  keysFrom('loads native code', () => 'builtins.importNative ./x.so "f"'),
  keysFrom('builds something', (cage) => `import (${drv(cage)})`),
  keysFrom('writes into the store', () => 'builtins.readFile (builtins.toFile "x" "ssh-ed25519 AAAA")'),
  keysFrom('wants nixpkgs', () => '(import <nixpkgs> {}).lib.head []'),
  rules('recurses for ever', () => 'let f = x: f (x + 1); in f 0'),
  rules('refers to itself', () => 'let x = x; in x'),
  rules(
    'loops without growing',
    () => 'let f = n: if n == 0 then 0 else f (n - 1) + f (n - 1); in builtins.seq (f 60) {}',
  ),
  rules('grows a list without end', () => 'let f = l: f (l ++ l); in f [ 1 2 ]'),
  rules('grows a string without end', () => 'let f = s: f (s + s); in f "xx"'),
  rules('30 million elements', () => '{ "x.age".publicKeys = builtins.genList toString 30000000; }'),
  rules(
    'a pattern made to be slow',
    () =>
      '{ "x.age".publicKeys = [ (builtins.match "(a*)*b" "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa") ]; }',
  ),
  rules('100,000 parentheses', () => `${'('.repeat(100_000)}1${')'.repeat(100_000)}`),
  rules(
    '100,000 nested lists',
    () => `{ "x.age".publicKeys = ${'['.repeat(100_000)}${']'.repeat(100_000)}; }`,
  ),
  rules('100,000 interpolations', () => `"${'${"'.repeat(50_000)}x${'"}'.repeat(50_000)}"`),
  rules('17 MiB of comments', () => `# publicKeys\n${`${'#'.repeat(1023)}\n`.repeat(17 * 1024)}{ }`),
  rules('no text at all', () =>
    Buffer.concat([Buffer.from('\0GITCRYPT\0publicKeys'), Buffer.alloc(256, 0xff)]),
  ),
  rules('cut off', () => '{ "x.age".publicKeys = [ "ssh-ed25519'),
  rules('says evil things', () => 'throw "\u001b]52;c;ZXZpbA==\u0007\u001b[2Jcleared"'),
  {
    name: 'a FIFO',
    build: (cage) => void execFileSync('mkfifo', [join(cage.root, 'secrets.nix')]),
    sign: inRules(/a FIFO/),
  },
  {
    name: 'a sparse file of 3 GiB',
    build(cage) {
      writeFileSync(join(cage.root, 'secrets.nix'), '# publicKeys\n');
      truncateSync(join(cage.root, 'secrets.nix'), 3 * 1024 ** 3);
    },
    sign: inRules(/MiB/),
  },
  {
    name: 'a link to rules outside',
    build: (cage) => symlinkSync('../outside/rules.nix', join(cage.root, 'secrets.nix')),
    sign: inRules(/leads outside/),
  },
  {
    name: 'a directory',
    build: (cage) => cage.write({ 'secrets.nix/x': '' }),
    sign: inRules(/a directory/),
  },
  rules('nobody may read it', () => '{ "x.age".publicKeys = [ ]; "y.age".publicKeys = [ "" ]; }'),
  keyed('a rule that climbs out', () => '../../outside/x.age', /outside the repository/),
  keyed('a rule that climbs out later', () => 'good/../../outside/x.age', /outside the repository/),
  keyed('an absolute rule', () => '/etc/hostname', /outside the repository/),
  keyed(
    'a rule about a file outside, by its path',
    (cage) => `${cage.outside}/x.age`,
    /outside the repository/,
  ),
  keyed('a rule about nothing', () => './..', /outside the repository/),
  {
    name: 'a rule about git itself',
    build: (cage) =>
      cage.write({ 'secrets.nix': `{ ".git/config".publicKeys = [ "${cage.alice.publicLine}" ]; }` }),
    sign: { secret: { id: '.git/config', state: 'damaged' } },
  },
  {
    name: 'recipients that name a program',
    build(cage) {
      cage.write({
        'age-plugin-evil': `#!/bin/sh\n${cage.trap('plugin')}\n`,
        'secrets.nix':
          '{ "x.age".publicKeys = [ "age1evil1qqqqqq" "age1../../../bin/evil1qqqq" "ssh-ed25519 AAAA…REPLACE_ME" ]; }',
        'x.age': 'age-encryption.org/v1\n',
      });
    },
    sign: { secret: { id: 'x.age', state: 'damaged' } },
  },
];
