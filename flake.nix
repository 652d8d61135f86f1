{
  description = "A terminal UI and a command line for git-encrypted secrets";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      npmPlatforms = {
        x86_64-linux = { os = "linux"; cpu = "x64"; };
        aarch64-linux = { os = "linux"; cpu = "arm64"; };
        x86_64-darwin = { os = "darwin"; cpu = "x64"; };
        aarch64-darwin = { os = "darwin"; cpu = "arm64"; };
      };
      forAllSystems = f: builtins.mapAttrs (system: _: f nixpkgs.legacyPackages.${system}) npmPlatforms;

      manifest = builtins.fromJSON (builtins.readFile ./package.json);
      lock = builtins.fromJSON (builtins.readFile ./package-lock.json);
      nameOf = path: builtins.head (builtins.match ".*node_modules/(.+)" path);

      # What src/ imports, and the pinned esbuild that bundles it. Nothing else of the development tools.
      bundled = [ "@scure/bip39" "age-encryption" "bcrypt-pbkdf" "bcryptjs" "clipboardy" "esbuild" "fuse.js" "ink" "react" "yaml" ];

      # Where Node finds the package `name` that the package at `path` imports; null where the lockfile has none.
      resolve =
        path: name:
        let
          here = (if path == "" then "" else "${path}/") + "node_modules/${name}";
          outward = builtins.match "(.*)/node_modules/(@[^/]+/)?[^/]+" path;
        in
        if lock.packages ? ${here} then
          here
        else if path == "" then
          null
        else
          resolve (if outward == null then "" else builtins.head outward) name;

      closure = map ({ key }: key) (
        builtins.genericClosure {
          startSet = map (name: { key = "node_modules/${name}"; }) bundled;
          operator =
            { key }:
            let
              entry = lock.packages.${key};
              names = builtins.attrNames ((entry.dependencies or { }) // (entry.optionalDependencies or { }));
            in
            map (key: { inherit key; }) (builtins.filter (path: path != null) (map (resolve key) names));
        }
      );

      packagesFor =
        platform:
        let
          fits = allowed: own: allowed == [ ] || builtins.elem own allowed;
        in
        builtins.filter ({ entry, ... }: fits (entry.os or [ ]) platform.os && fits (entry.cpu or [ ]) platform.cpu) (
          map (path: { inherit path; entry = lock.packages.${path}; }) closure
        );

      # The lockfile holds the hash of every tarball and no addresses, so each tarball is a fixed output that npm
      # itself fetches (no script of the package runs) and the lockfile verifies: there is no hash to keep up to date.
      tarball =
        pkgs:
        { path, entry }:
        let
          name = nameOf path;
        in
        pkgs.runCommand "${builtins.replaceStrings [ "@" "/" ] [ "" "-" ] name}-${entry.version}.tgz"
          {
            nativeBuildInputs = [ pkgs.nodejs pkgs.cacert ];
            outputHashMode = "flat";
            outputHash = entry.integrity;
            SSL_CERT_FILE = "${pkgs.cacert}/etc/ssl/certs/ca-bundle.crt";
            impureEnvVars = [ "http_proxy" "https_proxy" "no_proxy" "npm_config_registry" ];
          }
          ''
            export HOME=$TMPDIR
            npm pack --ignore-scripts --silent ${name}@${entry.version}
            mv ./*.tgz "$out"
          '';

      keyhole' =
        pkgs:
        let
          platform = npmPlatforms.${pkgs.stdenv.hostPlatform.system};
          unpack =
            package:
            "mkdir -p ${package.path} && tar -xzf ${tarball pkgs package} -C ${package.path} --strip-components=1 --no-same-owner";
        in
        pkgs.stdenv.mkDerivation {
          pname = manifest.name;
          version = manifest.version;
          src = self;
          # git and a terminal are for compile-ahead.mjs only.
          nativeBuildInputs = [ pkgs.nodejs pkgs.installShellFiles pkgs.git ]
            ++ (if platform.os == "linux" then [ pkgs.util-linux ] else [ ]);
          buildInputs = [ pkgs.nodejs ];
          buildPhase = ''
            ${builtins.concatStringsSep "\n" (map unpack (packagesFor platform))}
            node scripts/build.mjs
          '';
          installPhase = ''
            mkdir -p $out/lib/keyhole $out/bin
            cp -r dist/. $out/lib/keyhole/
            patchShebangs $out/lib/keyhole/keyhole.js
            ln -s ../lib/keyhole/keyhole.js $out/bin/keyhole
            # The store is never written again, so what V8 makes of the program is kept now, by the Node that will run it.
            node scripts/compile-ahead.mjs $out/bin/keyhole
            installShellCompletion --cmd keyhole \
              --bash <($out/bin/keyhole completion bash) \
              --zsh <($out/bin/keyhole completion zsh) \
              --fish <($out/bin/keyhole completion fish)
          '';
          meta = {
            description = manifest.description;
            license = nixpkgs.lib.licenses.mit;
            mainProgram = "keyhole";
            platforms = builtins.attrNames npmPlatforms;
          };
        };
    in
    {
      packages = forAllSystems (pkgs: rec {
        keyhole = keyhole' pkgs;
        default = keyhole;
      });

      apps = forAllSystems (pkgs: {
        default = {
          type = "app";
          program = "${self.packages.${pkgs.stdenv.hostPlatform.system}.default}/bin/keyhole";
          meta.description = manifest.description;
        };
      });

      overlays.default = final: _prev: { keyhole = keyhole' final; };

      devShells = forAllSystems (pkgs: {
        default = pkgs.mkShell {
          packages = [ pkgs.nodejs pkgs.age pkgs.rage pkgs.sops pkgs.nix pkgs.git pkgs.tmux ];
        };
      });

      # The package itself, and a demo that it makes and age can read.
      checks = forAllSystems (
        pkgs:
        let
          package = self.packages.${pkgs.stdenv.hostPlatform.system}.default;
        in
        {
          inherit package;
          demo = pkgs.runCommand "keyhole-demo" { nativeBuildInputs = [ package pkgs.age pkgs.git ]; } ''
            export HOME=$TMPDIR
            keyhole demo ./demo
            file=secrets/services/grafana/env.age
            keyhole --no-default-identities -i demo/id_ed25519 -C demo/nix-config get $file > ours
            age -d -i demo/id_ed25519 demo/nix-config/$file > theirs
            cmp ours theirs
            touch $out
          '';
        }
      );
    };
}
