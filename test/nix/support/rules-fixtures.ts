/** Synthetic repositories, one for each way of writing rules that was found in real ones. */
export interface RulesFixture {
  readonly layout: string;
  /** Path → text; `-> target` is a symbolic link. The rules are in `rules`. */
  readonly files: Readonly<Record<string, string>>;
  readonly rules: string;
  /** Key → recipients, or why there is no reading. */
  readonly gives: Readonly<Record<string, readonly string[]>> | { readonly fails: string };
  /** What Nix prints when it is more than the rules, or when Nix is stricter. */
  readonly nix?: 'fails';
}

export const alice =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAliceAliceAliceAliceAliceAliceAliceAliceAl alice@laptop';
export const bob = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBobBobBobBobBobBobBobBobBobBobBobBobBobB bob@desk';
export const web1 =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIWeb1Web1Web1Web1Web1Web1Web1Web1Web1Web1We root@web1';
export const web2 = 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQWeb2Web2Web2 root@web2';
export const native = 'age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq';
export const yubikey = 'age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t';

export const rulesFixtures: readonly RulesFixture[] = [
  {
    layout: 'let names, lists and ++',
    rules: 'secrets.nix',
    files: {
      'secrets.nix': `let
  alice = "${alice}";
  bob = "${bob}";
  users = [ alice bob ];
  web1 = "${web1}";
  systems = [ web1 ];
in
{
  "db.age".publicKeys = users ++ systems;
  "wifi/home.age".publicKeys = [ alice ] ++ systems;
  "no-suffix".publicKeys = [ bob ];
  "armored.age" = { publicKeys = [ bob ]; armor = true; owner = "root"; };
}
`,
    },
    gives: {
      'armored.age': [bob],
      'db.age': [alice, bob, web1],
      'no-suffix': [bob],
      'wifi/home.age': [alice, web1],
    },
  },
  {
    layout: 'sets of names, attrValues and with',
    rules: 'secrets/secrets.nix',
    files: {
      'secrets/secrets.nix': `with builtins;
let
  users = { alice = "${alice}"; bob = "${bob}"; };
  hosts.web1 = "${web1}";
  hosts.web2 = "${web2}";
in
with hosts;
{
  "all.age".publicKeys = attrValues (users // hosts);
  "web.age".publicKeys = [ web1 web2 users.alice ];
}
`,
    },
    gives: { 'all.age': [alice, bob, web1, web2], 'web.age': [web1, web2, alice] },
  },
  {
    layout: 'keys in a file of their own',
    rules: 'secrets/secrets.nix',
    files: {
      'keys.nix': `rec {
  alice = { key = "${alice}"; };
  admins = [ alice.key ];
  machines = { web1.publicKey = "${web1}"; };
}
`,
      'secrets/secrets.nix': `let
  keys = import ../keys.nix;
  inherit (import ../keys.nix) admins;
in
{
  "a.age".publicKeys = admins ++ [ keys.machines.web1.publicKey ];
  "b.age".publicKeys = [ keys.alice.key ];
}
`,
    },
    gives: { 'a.age': [alice, web1], 'b.age': [alice] },
  },
  {
    layout: 'split over imports, keys relative to the root',
    rules: 'lib/secrets.nix',
    files: {
      'lib/secrets.nix': `let
  merge = builtins.foldl' (all: file: all // import file) { };
in
merge [ ../hosts/web1/rules.nix ../hosts/web2 ]
`,
      'hosts/web1/rules.nix': `{ "secrets/web1/tls.age".publicKeys = [ "${web1}" ]; }`,
      'hosts/web2/default.nix': `{ "secrets/web2/tls.age".publicKeys = [ "${web2}" ]; }`,
    },
    gives: { 'secrets/web1/tls.age': [web1], 'secrets/web2/tls.age': [web2] },
  },
  {
    layout: 'generated from a directory listing',
    rules: 'secrets.nix',
    files: {
      'secrets.nix': `let
  names = builtins.attrNames (builtins.readDir ./hosts);
  keyOf = host: builtins.readFile (./hosts + "/\${host}/key.pub");
  rule = host: { name = "\${host}/root.age"; value = { publicKeys = [ (keyOf host) admin ]; }; };
  admin = "${alice}";
in
builtins.listToAttrs (map rule names)
`,
      'hosts/web1/key.pub': `${web1}\n`,
      'hosts/web2/key.pub': `${web2}\n`,
    },
    gives: { 'web1/root.age': [web1, alice], 'web2/root.age': [web2, alice] },
  },
  {
    layout: 'mapAttrs over shared readers',
    rules: 'secrets.nix',
    files: {
      'secrets.nix': `let
  hosts = { web1 = "${web1}"; web2 = "${web2}"; };
  for = host: extra: { publicKeys = [ hosts.\${host} ] ++ extra; };
in
builtins.mapAttrs (name: value: value // { publicKeys = value.publicKeys ++ [ "${alice}" ]; }) {
  "a.age" = for "web1" [ ];
  "b.age" = for "web2" [ hosts.web1 ];
}
`,
    },
    gives: { 'a.age': [web1, alice], 'b.age': [web2, web1, alice] },
  },
  {
    layout: 'keys that cannot encrypt filtered out by a regular expression',
    rules: 'secrets.nix',
    files: {
      'secrets.nix': `let
  keys = [
    "${alice}"
    "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5 alice@token"
    "ecdsa-sha2-nistp256 AAAAE2VjZHNh alice@old"
    "${web2}"
  ];
  usable = key: builtins.match "^(sk-|ecdsa-).*" key == null;
in
{ "a.age".publicKeys = builtins.filter usable keys; }
`,
    },
    gives: { 'a.age': [alice, web2] },
  },
  {
    layout: 'authorized_keys with several lines, and .pub files',
    rules: 'secrets.nix',
    files: {
      'secrets.nix': `let
  read = file: builtins.filter (line: builtins.isString line && line != "") (builtins.split "\\n" (builtins.readFile file));
  alice = builtins.readFile ./keys/alice.pub;
in
{
  "lines.age".publicKeys = read ./keys/authorized_keys;
  "whole.age".publicKeys = [ (builtins.readFile ./keys/authorized_keys) ];
  "one.age".publicKeys = [ alice ];
}
`,
      'keys/alice.pub': `${alice}\n`,
      'keys/authorized_keys': `${alice}\n\n${bob}\n`,
    },
    gives: { 'lines.age': [alice, bob], 'one.age': [alice], 'whole.age': [alice, bob] },
  },
  {
    layout: 'interpolated keys and trimmed text',
    rules: 'secrets.nix',
    files: {
      'secrets.nix': `let
  type = "ssh-ed25519";
  strip = text: builtins.head (builtins.match "[[:space:]]*(.*[^[:space:]])[[:space:]]*" text);
  dir = "hosts";
in
{
  "\${dir}/a.age".publicKeys = [ "\${type} AAAAC3Nz\${"x"}" (strip "  ${web1} \\n") ];
  \${"b" + ".age"}.publicKeys = [ (builtins.substring 0 (builtins.stringLength "${native}") "${native}#rest") ];
}
`,
    },
    gives: { 'b.age': [native], 'hosts/a.age': ['ssh-ed25519 AAAAC3Nzx', web1] },
  },
  {
    layout: 'hardware keys and native keys only',
    rules: 'secrets.nix',
    files: {
      'secrets.nix': `{ "a.age".publicKeys = [ "${yubikey}" "${native}" ]; }`,
    },
    gives: { 'a.age': [yubikey, native] },
  },
  {
    layout: 'secrets.nix links to the real rules',
    rules: 'secrets.nix',
    files: {
      'secrets.nix': '-> config/rules.nix',
      'config/rules.nix': 'import ./more.nix',
      'config/more.nix': `{ "a.age".publicKeys = [ "${bob}" ]; }`,
    },
    gives: { 'a.age': [bob] },
  },
  {
    layout: 'an entry without readers, beside sound ones',
    rules: 'secrets.nix',
    files: {
      'secrets.nix': `{ "a.age".publicKeys = [ ]; "b.age".publicKeys = [ "${bob}" ]; "c.age".publicKeys = [ "" "\\n" ]; }`,
    },
    gives: { 'b.age': [bob] },
  },
  {
    layout: 'one entry fails, the others are read',
    rules: 'secrets.nix',
    files: {
      'secrets.nix': `{ "a.age".publicKeys = [ (throw "no key yet") ]; "b.age".publicKeys = [ "${bob}" ]; }`,
    },
    gives: { 'b.age': [bob] },
    nix: 'fails',
  },
  {
    layout: 'a NixOS module called secrets.nix',
    rules: 'secrets.nix',
    files: { 'secrets.nix': '{ config, lib, ... }: { age.secrets.a.file = ./a.age; }' },
    gives: { fails: 'evaluates to a lambda, not to rules' },
    nix: 'fails',
  },
  {
    layout: 'a data file called secrets.nix',
    rules: 'secrets.nix',
    files: { 'secrets.nix': '{ hostName = "web1"; domain = "example.org"; }' },
    gives: { fails: 'none of its attributes has publicKeys' },
  },
  {
    layout: 'secrets.nix encrypted by git-crypt',
    rules: 'secrets.nix',
    files: { 'secrets.nix': '\0GITCRYPT\0\x01\x02\x03' },
    gives: { fails: 'not valid Nix' },
    nix: 'fails',
  },
  {
    layout: 'secrets.nix links into a submodule that is not there',
    rules: 'secrets.nix',
    files: { 'secrets.nix': '-> private/secrets.nix' },
    gives: { fails: 'no such file' },
    nix: 'fails',
  },
  {
    layout: 'lib of nixpkgs',
    rules: 'secrets.nix',
    files: {
      'secrets.nix': `let
  inherit ((import <nixpkgs> { }).lib) concatMap filter hasPrefix splitString genAttrs unique;
  keys = filter (line: hasPrefix "ssh-" line) (splitString "\\n" (builtins.readFile ./authorized_keys));
in
genAttrs [ "a.age" "b.age" ] (name: { publicKeys = unique (keys ++ keys); })
`,
      authorized_keys: `# people\n${alice}\n${bob}\n`,
    },
    gives: { 'a.age': [alice, bob], 'b.age': [alice, bob] },
    nix: 'fails',
  },
  {
    layout: 'modules of nixpkgs',
    rules: 'secrets.nix',
    files: {
      'secrets.nix': `let
  lib = (import <nixpkgs> { }).lib;
in
(lib.evalModules { modules = [ ]; }).config.rules
`,
    },
    gives: { fails: 'lib.evalModules is not supported' },
    nix: 'fails',
  },
];
