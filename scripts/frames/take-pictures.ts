import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDemo } from '../../src/app/demo/create-demo.ts';
import { startTmux } from '../../test/support/tmux.ts';
import { drawSvg } from './draw-svg.ts';
import { type Scene, scenes } from './scenes.ts';
import { parseStyledLines } from './styled-cells.ts';

export interface Picture {
  readonly scene: Scene;
  readonly svg: string;
  /** What the screen says. */
  readonly text: string;
}

/** Plays every scene on the demo repository, in a real terminal, and takes its picture. */
export async function takePictures(program: string): Promise<Picture[]> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'keyhole-frames-'));
  try {
    const demo = await createDemo(path.join(scratch, 'demo'));
    if (!demo.ok) throw new Error(demo.error.says);
    const { repository, identityFile } = demo.value;
    const pictures: Picture[] = [];
    for (const scene of scenes) pictures.push(await takePicture(scene, program, repository, identityFile));
    return pictures;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function takePicture(
  scene: Scene,
  program: string,
  repository: string,
  identityFile: string,
): Promise<Picture> {
  const terminal = startTmux({
    columns: scene.columns,
    rows: scene.rows,
    command: [process.execPath, program, '--no-default-identities', '-i', identityFile, repository],
    env: { HOME: path.dirname(repository) },
  });
  try {
    await scene.play(terminal);
    const captured = terminal.colouredScreen().trimEnd();
    const svg = drawSvg(parseStyledLines(captured), scene.columns, scene.title);
    return { scene, svg, text: terminal.screen() };
  } finally {
    terminal.close();
  }
}

/** The text of a picture, one line a line of the screen, as far as it is drawn. */
export function textOf(svg: string): string {
  const lines = new Map<string, string[]>();
  for (const [, top = '', text = ''] of svg.matchAll(/<text [^>]*\by="([\d.]+)"[^>]*>([^<]*)<\/text>/g)) {
    const words = lines.get(top) ?? [];
    words.push(text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))));
    lines.set(top, words);
  }
  return [...lines.values()].map((words) => words.join(' ')).join('\n');
}

/** Takes out what differs from run to run: commit ids, keys, countdowns, and the blanks around them. */
export function steadyText(text: string): string {
  return text
    .replace(/age1\S+|ssh-ed25519 \S+/g, 'KEY')
    .replace(/\b[0-9a-f]{7}\b/g, 'COMMIT')
    .replace(/\b\d+ ?s\b/g, 'SECONDS')
    .replace(/\b\d+ (B|bytes)\b/g, 'SIZE')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/^ | $/gm, '')
    .replace(/\n+/g, '\n')
    .trim();
}
