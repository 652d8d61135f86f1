import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { describe } from 'vitest';

/** Real programs that interop tests run beside keyhole. `.ci/run` installs them all and sets REQUIRE_PEERS=1. */
export type Peer =
  | 'age'
  | 'rage'
  | 'ssh-keygen'
  | 'openssl'
  | 'nix-instantiate'
  | 'tmux'
  | 'screen'
  | 'strace'
  | 'git'
  | 'bash'
  | 'zsh'
  | 'fish'
  | 'python3'
  | 'vim';

const versionArguments: Partial<Record<Peer, string[]>> = {
  'ssh-keygen': ['-?'],
  tmux: ['-V'],
  strace: ['-V'],
};

/** Whether the program can be started at all; its exit status does not matter. */
export function hasPeer(peer: Peer): boolean {
  return spawnSync(peer, versionArguments[peer] ?? ['--version'], { stdio: 'ignore' }).error === undefined;
}

/**
 * A `describe` that needs real programs. Where one is missing the block is skipped under a name that says so and
 * counted in the summary; with REQUIRE_PEERS=1 (CI) it runs and fails.
 */
export function describeWithPeers(name: string, peers: readonly Peer[], body: () => void): void {
  const missing = peers.filter((peer) => !hasPeer(peer));
  if (missing.length === 0 || process.env['REQUIRE_PEERS'] === '1') {
    describe(name, body);
    return;
  }
  const file = process.env['KEYHOLE_SKIPPED_PEERS_FILE'];
  if (file) appendFileSync(file, `${name}: ${missing.join(', ')}\n`);
  describe.skip(`SKIPPED, needs ${missing.join(', ')}: ${name}`, body);
}
