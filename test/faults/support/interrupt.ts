import { copyOf, keyhole, type Scene } from './scene.ts';
import { runWithFault } from './start.ts';
import { begins } from './sweep.ts';
import { callsOf, changing } from './system-calls.ts';

/**
 * A scene in which the write was killed half-way through replacing its files, and keyhole starts anew. The caller
 * removes it and the scene it was made from.
 */
export async function interrupted(scene: Scene): Promise<Scene> {
  const counted = copyOf(scene);
  const calls = callsOf(counted.started(scene.command, scene.input), begins, changing, counted.repository);
  counted.remove();
  const moves = calls.filter(({ name, text }) => name === 'rename' && text.includes('/record/new-'));
  const middle = moves[Math.floor(moves.length / 2)];
  if (middle === undefined) throw new Error('the run moves no file into place');
  const copy = copyOf(scene);
  const ran = await runWithFault(copy.started(scene.command, scene.input), middle, 'KILL');
  if (!ran.hit) throw new Error('the run was not killed');
  return {
    ...scene,
    name: `recovery of ${scene.name}`,
    template: copy.directory,
    original: scene.template,
    command: keyhole('recover'),
    input: '',
  };
}
