import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { keyhole, makeTemplate, oldValue, plaintextOf, type Scene, startedIn } from './scene.ts';

const newValue = 'a new value\n'.repeat(60);

/** `keyhole set`: one file is replaced. */
export async function setScene(): Promise<Scene> {
  const template = await makeTemplate(['db.age', 'hosts/web.age']);
  return {
    name: 'set, one file',
    template,
    command: keyhole('set', 'hosts/web.age'),
    input: newValue,
    files: ['hosts/web.age'],
    isNew: async (_, content) => content !== null && (await plaintextOf(content)) === newValue,
  };
}

/** `keyhole set` where a rule names a file that is not there, in a directory that is not there. */
export async function createScene(): Promise<Scene> {
  const scene = await setScene();
  execFileSync('rm', ['-r', path.join(scene.template, 'repository/hosts')]);
  return { ...scene, name: 'set, a new file in a new directory' };
}

const secretsOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${index % 2 ? 'hosts' : 'people'}/secret-${index}.age`);

/** `keyhole rm`: several files are deleted and the rules rewritten. */
export async function removeScene(count: number): Promise<Scene> {
  const secrets = secretsOf(count);
  const template = await makeTemplate([...secrets, 'kept.age']);
  const isNew = async (file: string, content: Buffer | null): Promise<boolean> =>
    file === 'secrets.nix'
      ? content?.includes('kept.age') === true && !content.includes('secret-')
      : content === null;
  const command = keyhole('rm', ...secrets);
  return {
    name: `rm, ${count} files and the rules`,
    template,
    command,
    input: '',
    files: [...secrets, 'secrets.nix'],
    isNew,
  };
}

/** `keyhole undo` of that: all of them are written again. */
export async function undoScene(count: number): Promise<Scene> {
  const { template, command, files } = await removeScene(count);
  const rules = readFileSync(path.join(template, 'repository/secrets.nix'));
  const { command: program, ...options } = startedIn(template, command);
  execFileSync(program[0] ?? '', program.slice(1), options);
  const isNew = async (file: string, content: Buffer | null): Promise<boolean> =>
    content !== null &&
    (file === 'secrets.nix' ? content.equals(rules) : (await plaintextOf(content)) === oldValue(file));
  return {
    name: `undo, ${count} files and the rules`,
    template,
    command: keyhole('undo'),
    input: '',
    files,
    isNew,
  };
}

/** What most programs do: opens each file and writes into it. The sweeps must find it out. */
export async function inPlaceScene(): Promise<Scene> {
  const scene = await setScene();
  const files = ['db.age', 'hosts/web.age'];
  const fresh = files.map((file) =>
    readFileSync(path.join(scene.template, 'repository', file)).toString('base64'),
  );
  const program = `
    const fs = require('node:fs');
    const fresh = ${JSON.stringify(fresh)}.map((text) => Buffer.from(text, 'base64').reverse());
    ${JSON.stringify(files)}.forEach((file, index) => fs.writeFileSync(process.cwd() + '/' + file, fresh[index]));
  `;
  const isNew = async (file: string, content: Buffer | null): Promise<boolean> =>
    content?.toString('base64') ===
    Buffer.from(fresh[files.indexOf(file)] ?? '', 'base64')
      .reverse()
      .toString('base64');
  return {
    ...scene,
    name: 'in place (control)',
    command: [process.execPath, '-e', program],
    input: '',
    files,
    isNew,
  };
}
