import { join } from 'node:path';

/** Where scratch files may be, the best first. Each is keyhole's and the user's own directory. */
export function scratchPlaces(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const runtime = env['XDG_RUNTIME_DIR'];
  const shared = `/dev/shm/keyhole-${process.getuid?.() ?? 0}`;
  return runtime?.startsWith('/') ? [join(runtime, 'keyhole'), shared] : [shared];
}
