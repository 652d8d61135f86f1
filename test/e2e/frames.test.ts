import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { steadyText, takePictures, textOf } from '../../scripts/frames/take-pictures.ts';
import { builtProgram } from '../support/built-program.ts';
import { describeWithPeers } from '../support/peers.ts';

const frames = path.resolve(import.meta.dirname, '../../docs/frames');

describeWithPeers('the pictures of README', ['tmux', 'git'], () => {
  test('show what the program draws now; `node scripts/capture-frames.ts` renews them', async () => {
    for (const { scene, svg } of await takePictures(builtProgram())) {
      const kept = readFileSync(path.join(frames, `${scene.name}.svg`), 'utf8');
      expect(steadyText(textOf(svg)).length, scene.name).toBeGreaterThan(200);
      expect(steadyText(textOf(kept)), scene.name).toBe(steadyText(textOf(svg)));
    }
  });
});
