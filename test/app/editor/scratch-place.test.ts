import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findScratchPlace } from '../../../src/app/editor/scratch-place.ts';
import { scratchPlaces } from '../../../src/app/editor/scratch-places.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

/** A directory in memory, and one on a disk. */
function places(): { readonly memory: string; readonly disk: string } {
  const memory = mkdtempSync('/dev/shm/keyhole-place-');
  onTestFinished(() => rmSync(memory, { recursive: true, force: true }));
  return { memory, disk: temporaryDirectory() };
}

function found(...candidates: readonly string[]): string {
  const place = findScratchPlace(candidates);
  return place.ok ? place.value.directory : `${place.error.code}: ${place.error.says}`;
}

describe('a place for what is edited', () => {
  test('is made for this user alone, in memory', () => {
    const { memory } = places();
    const place = path.join(memory, 'keyhole');
    expect(found(place)).toBe(place);
    expect(statSync(place).mode & 0o777).toBe(0o700);
    expect(found(place)).toBe(place);
  });

  test('is never on a disk, and the next one is taken', () => {
    const { memory, disk } = places();
    const [bad, good] = [path.join(disk, 'keyhole'), path.join(memory, 'keyhole')];
    expect(found(bad)).toMatch(/^refused: no place in memory .*is on a disk/);
    expect(found(path.join(disk, 'not/there'), bad, good)).toBe(good);
  });

  test('is not one that somebody else prepared', () => {
    const { memory, disk } = places();
    const open = path.join(memory, 'open');
    mkdirSync(open);
    chmodSync(open, 0o755);
    expect(found(open)).toContain('is not a private directory of yours');
    const elsewhere = path.join(memory, 'elsewhere');
    mkdirSync(elsewhere, { mode: 0o700 });
    const link = path.join(memory, 'link');
    symlinkSync(elsewhere, link);
    expect(found(link)).toContain('is not a private directory of yours');
    const out = path.join(memory, 'out');
    symlinkSync(disk, out);
    expect(found(out)).toContain('is on a disk');
  });

  test('is looked for where the session keeps such things, then in shared memory', () => {
    const shared = `/dev/shm/keyhole-${process.getuid?.()}`;
    expect(scratchPlaces({ XDG_RUNTIME_DIR: '/run/user/7' })).toEqual(['/run/user/7/keyhole', shared]);
    for (const runtime of [undefined, '', 'relative']) {
      expect(scratchPlaces({ XDG_RUNTIME_DIR: runtime })).toEqual([shared]);
    }
  });
});
