const hostDirectory = /^(hosts|machines|systems|nodes|servers)$/i;
/** Kinds of machines, between the directory of hosts and theirs. */
const kindDirectory =
  /^((x86_64|aarch64|i686|armv[67]l|riscv64)-(linux|darwin)|nixos|darwin|linux|macos|wsl|vms?|servers?|desktops?|laptops?|machines?|hosts?)$/i;
const sharedName =
  /^(_.*|all|base|bases|common|core|default|features?|generic|global|globals|home|images?|lib|libs|mixins?|modules?|optional|overlays?|packages|pkgs|profiles?|roles|secrets?|services?|shared|templates?|users?|utils)$/i;

/** The host whose own a file is by where it lies: `atlas` of `hosts/atlas/web.nix` and of `machines/atlas.nix`. */
export function hostByDirectory(file: string): string | null {
  const parts = file.split('/');
  let at = parts.findIndex((part) => hostDirectory.test(part));
  if (at === -1) return null;
  do at += 1;
  while (at < parts.length - 1 && kindDirectory.test(parts[at] ?? ''));
  const part = parts[at];
  const isFile = at === parts.length - 1;
  const name = isFile ? part?.replace(/\.nix$/, '') : part;
  return name === undefined || name === '' || sharedName.test(name) || (isFile && kindDirectory.test(name))
    ? null
    : name;
}
