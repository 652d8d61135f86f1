import path from 'node:path';
import { generateRepository } from './generate-repository.ts';
import { type Command, hasProgram, medians, timeProcess } from './measure.ts';
import type { Row } from './report.ts';
import { bundled, env, node, options, scratch } from './workbench.ts';

/** The largest agenix repository seen in the wild: so many files, all of them for so many readers. */
const files = 74;
const readers = 21;

/**
 * Encrypting every file anew, beside the processes that `agenix -r` starts for it: one nix-instantiate for the names, two
 * for each file (its readers, its armor), one `age -d`, one `age`, and a rename.
 */
export async function benchRekey(rounds: number, missing: string[]): Promise<readonly Row[]> {
  if (!hasProgram('nix-instantiate', '--version') || !hasProgram('age', '--version')) {
    missing.push('what `agenix -r` does (nix-instantiate and age are needed)');
    return [];
  }
  const shape = {
    secrets: files,
    hosts: readers - 1,
    readersEach: readers - 1,
    identity: 'ssh-ed25519',
    size: 200,
  } as const;
  const { root, identityFile, ids } = await generateRepository(path.join(scratch, 'rekey'), shape);
  const rekey = node([
    ...options,
    bundled('keyhole'),
    ...['rekey', '--all', '-C', root, '--no-default-identities', '-i', identityFile],
  ]);
  const times = medians(rounds, {
    ours: () => timeProcess(rekey),
    agenix: () => timeProcess(whatAgenixStarts(root, identityFile, ids)),
  });
  const what = `rekey --all, ${files} files for ${readers} readers`;
  return [{ what, ours: times.ours, against: 'what agenix -r does', theirs: times.agenix, limit: 1 / 20 }];
}

function whatAgenixStarts(root: string, identityFile: string, ids: readonly string[]): Command {
  const rules = path.join(root, 'secrets.nix');
  const nix = 'nix-instantiate --json --eval --strict -E';
  const script = [
    'set -e',
    `${nix} "(let rules = import ${rules}; in builtins.attrNames rules)" > /dev/null`,
    'for file; do',
    `  keys=$(${nix} "(let rules = import ${rules}; in rules.\\"$file\\".publicKeys)")`,
    `  ${nix} "(let rules = import ${rules}; in (builtins.hasAttr \\"armor\\" rules.\\"$file\\" && rules.\\"$file\\".armor))" > /dev/null`,
    `  age -d -i ${identityFile} -o ${scratch}/cleartext "${root}/$file"`,
    // The list as JSON is that of the recipients, one in quotes after the other.
    `  printf '%s' "$keys" | tr -d '[]"' | tr ',' '\\n' > ${scratch}/recipients`,
    `  age -R ${scratch}/recipients -o ${scratch}/reencrypted ${scratch}/cleartext`,
    `  mv -f ${scratch}/reencrypted "${root}/$file"`,
    'done',
  ].join('\n');
  return {
    program: 'sh',
    arguments: ['-c', script, 'sh', ...ids],
    // A store of its own, for users who may not write the machine's.
    env: { ...env, NIX_REMOTE: `local?root=${scratch}/store` },
  };
}
