import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build as bundle } from 'esbuild';
import { expect, test } from 'vitest';
import { describeWithPeers } from '../support/peers.ts';

const root = path.resolve(import.meta.dirname, '../..');

// Enough of nixpkgs to evaluate the flake without a network: what it builds becomes plain data.
const stubNixpkgs = `
  let
    packagesOf = system: rec {
      stdenv = { hostPlatform.system = system; mkDerivation = made "derivation"; };
      made = type: arguments: arguments // { inherit type; outPath = "/stub/\${arguments.pname or arguments.name}"; };
      runCommand = name: arguments: script: made "derivation" (arguments // { inherit name script; });
      mkShell = made' "shell";
      made' = type: arguments: arguments // { inherit type; };
      installShellFiles = "installShellFiles";
      nodejs = "nodejs"; cacert = "cacert"; age = "age"; rage = "rage"; sops = "sops";
      nix = "nix"; git = "git"; tmux = "tmux"; util-linux = "util-linux";
    };
    systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
  in {
    lib.licenses.mit = { spdxId = "MIT"; };
    legacyPackages = builtins.listToAttrs (map (name: { inherit name; value = packagesOf name; }) systems);
  }`;

/** Evaluates an expression over `outputs`, the flake's outputs, and `nixpkgs`, the stub. */
function evaluate<T>(expression: string): T {
  const program = `
    { flake }:
    let
      nixpkgs = ${stubNixpkgs};
      outputs = (import (/. + flake)).outputs { self = outputs // { outPath = "/stub/source"; }; inherit nixpkgs; };
    in ${expression}`;
  const json = execFileSync(
    'nix-instantiate',
    [
      '--eval',
      '--strict',
      '--json',
      '--readonly-mode',
      '--argstr',
      'flake',
      path.join(root, 'flake.nix'),
      '-E',
      program,
    ],
    { encoding: 'utf8', env: { ...process.env, NIX_REMOTE: 'dummy://' } },
  );
  return JSON.parse(json) as T;
}

const systems = ['aarch64-darwin', 'aarch64-linux', 'x86_64-darwin', 'x86_64-linux'];
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
/** Directories of the packages that esbuild really puts into the bundle. */
async function bundledPackages(): Promise<string[]> {
  const { metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: ['src/main.ts'],
    outdir: 'never-written',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
    external: ['react-devtools-core'],
  });
  const directory = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;
  return [...new Set(Object.keys(metafile.inputs).flatMap((file) => directory.exec(file)?.[0] ?? []))];
}

describeWithPeers('the flake', ['nix-instantiate'], () => {
  test('offers packages, apps, shells and checks for four systems, and an overlay', () => {
    const offered = evaluate<Record<string, unknown>>(`{
      packages = builtins.mapAttrs (_: p: "\${p.default.pname} \${p.default.version}") outputs.packages;
      apps = builtins.mapAttrs (_: a: a.default.program) outputs.apps;
      checks = builtins.mapAttrs (_: builtins.attrNames) outputs.checks;
      overlay = (outputs.overlays.default nixpkgs.legacyPackages.x86_64-linux { }).keyhole.pname;
    }`);
    const forAll = (value: unknown) => Object.fromEntries(systems.map((system) => [system, value]));
    expect(offered).toEqual({
      packages: forAll(`keyhole ${manifest.version}`),
      apps: forAll('/stub/keyhole/bin/keyhole'),
      checks: forAll(['demo', 'package']),
      overlay: 'keyhole',
    });
  });

  test('gives developers the tools the tests want', () => {
    const tools = evaluate<string[]>('outputs.devShells.aarch64-darwin.default.packages');
    expect(tools).toEqual(expect.arrayContaining(['nodejs', 'age', 'sops', 'nix', 'git', 'tmux']));
  });

  test('unpacks every package of the bundle, the right esbuild, and none of the other tools', async () => {
    const phase = evaluate<string>('outputs.packages.aarch64-linux.default.buildPhase');
    const unpacked = [...phase.matchAll(/^mkdir -p (\S+) &&/gm)].map((match) => match[1] ?? '');
    expect(new Set(unpacked).size).toBe(unpacked.length);
    expect((await bundledPackages()).filter((directory) => !unpacked.includes(directory))).toEqual([]);
    expect(unpacked.filter((directory) => directory.includes('esbuild')).sort()).toEqual([
      'node_modules/@esbuild/linux-arm64',
      'node_modules/esbuild',
    ]);
    expect(unpacked).not.toContain('node_modules/vitest');
  });

  test('keeps the compiled form of the program where it will be run, by whom its first line names', () => {
    const phase = evaluate<string>('outputs.packages.x86_64-linux.default.installPhase');
    const steps = ['patchShebangs $out/lib', 'ln -s', 'node scripts/compile-ahead.mjs $out/bin/keyhole'];
    const places = steps.map((step) => phase.indexOf(step));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    const tools = evaluate<string[][]>(
      '[ outputs.packages.x86_64-linux.default.nativeBuildInputs outputs.packages.x86_64-darwin.default.nativeBuildInputs ]',
    );
    expect(tools.map((names) => names.includes('git'))).toEqual([true, true]);
    expect(tools.map((names) => names.includes('util-linux'))).toEqual([true, false]);
  });

  test('holds no hash of its own: the lockfile verifies every tarball', () => {
    expect(readFileSync(path.join(root, 'flake.nix'), 'utf8')).not.toMatch(/sha(256|512)[-:]/);
  });
});
