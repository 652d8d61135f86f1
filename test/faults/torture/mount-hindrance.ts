import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Why nothing can be mounted here; `null` when it can. Root in a container may often not. */
export function mountHindrance(): string | null {
  if (process.getuid?.() !== 0) return 'only root may mount';
  const at = mkdtempSync(path.join(tmpdir(), 'keyhole-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at], { stdio: 'pipe' });
    execFileSync('umount', [at], { stdio: 'pipe' });
    return null;
  } catch {
    return 'nothing may be mounted here';
  } finally {
    rmdirSync(at);
  }
}
