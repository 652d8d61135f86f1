// Makes docs/frames/*.svg, the pictures of README, from the program running in tmux on a fresh demo repository.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { takePictures } from './frames/take-pictures.ts';

const root = path.resolve(import.meta.dirname, '..');
const built = mkdtempSync(path.join(tmpdir(), 'keyhole-frames-build-'));
execFileSync(process.execPath, [path.join(root, 'scripts/build.mjs'), built], { stdio: 'inherit' });
try {
  mkdirSync(path.join(root, 'docs/frames'), { recursive: true });
  for (const { scene, svg } of await takePictures(path.join(built, 'keyhole.js'))) {
    writeFileSync(path.join(root, 'docs/frames', `${scene.name}.svg`), svg);
    console.log(`docs/frames/${scene.name}.svg`);
  }
} finally {
  rmSync(built, { recursive: true, force: true });
}
