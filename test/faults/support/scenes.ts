import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseHeader } from '../../../src/crypto/parse-header.ts';
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
  carryOut(template, command);
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

/** `keyhole redo` of that: they are deleted again. */
export async function redoScene(count: number): Promise<Scene> {
  const scene = await removeScene(count);
  carryOut(scene.template, scene.command);
  carryOut(scene.template, keyhole('undo'));
  return { ...scene, name: `redo, ${count} files and the rules`, command: keyhole('redo') };
}

function carryOut(template: string, command: readonly string[]): void {
  const { command: program, ...options } = startedIn(template, command);
  execFileSync(program[0] ?? '', program.slice(1), { ...options, stdio: 'pipe' });
}

/** `keyhole new --generate`: a secret, its public half and its rule. */
export async function newScene(): Promise<Scene> {
  const template = await makeTemplate(['db.age', 'hosts/web.age']);
  const isNew = async (file: string, content: Buffer | null): Promise<boolean> => {
    if (content === null) return false;
    if (file === 'keys/deploy.pub') return /^ssh-ed25519 \S+\n$/.test(content.toString());
    if (file === 'secrets.nix') return content.includes('"keys/deploy.age"') && content.includes('"db.age"');
    return (await plaintextOf(content))?.endsWith('-----END OPENSSH PRIVATE KEY-----\n') === true;
  };
  return {
    name: 'new, a secret, its public half and its rule',
    template,
    command: keyhole('new', 'keys/deploy.age', '--to', 'alice,bob', '--generate', 'ssh-ed25519'),
    input: '',
    files: ['keys/deploy.age', 'keys/deploy.pub', 'secrets.nix'],
    isNew,
  };
}

/** `keyhole mv`: several files get other names, and the rules with them. */
export async function moveScene(count: number): Promise<Scene> {
  const secrets = secretsOf(count);
  const template = await makeTemplate([...secrets, 'kept.age']);
  const moved = (file: string): string => `moved/${path.basename(file)}`;
  const isNew = async (file: string, content: Buffer | null): Promise<boolean> => {
    if (secrets.includes(file)) return content === null;
    if (content === null) return false;
    if (file === 'secrets.nix')
      return content.includes('"kept.age"') && !/"(hosts|people)\//.test(content.toString());
    const from = secrets.find((one) => moved(one) === file) ?? '';
    return readFileSync(path.join(template, 'repository', from)).equals(content);
  };
  return {
    name: `mv, ${count} files and the rules`,
    template,
    command: keyhole('mv', ...secrets, 'moved/'),
    input: '',
    files: [...secrets, ...secrets.map(moved), 'secrets.nix'],
    isNew,
  };
}

/** `keyhole cp` for other readers: each copy is encrypted anew, and the rules get its entry. */
export async function copyScene(count: number): Promise<Scene> {
  const secrets = secretsOf(count);
  const template = await makeTemplate([...secrets, 'kept.age']);
  const copies = secrets.map((file) => `copies/${path.basename(file)}`);
  const isNew = async (file: string, content: Buffer | null): Promise<boolean> => {
    if (content === null) return false;
    if (file === 'secrets.nix') return copies.every((copy) => content.includes(`"${copy}"`));
    return (await plaintextOf(content)) === oldValue(secrets[copies.indexOf(file)] ?? '');
  };
  return {
    name: `cp, ${count} files for other readers, and the rules`,
    template,
    command: keyhole('cp', ...secrets, 'copies/', '--to', 'alice'),
    input: '',
    files: [...copies, 'secrets.nix'],
    isNew,
  };
}

/** `keyhole edit`: an editor changes one file. */
export async function editScene(): Promise<Scene> {
  const scene = await setScene();
  const editor = path.join(scene.template, 'editor');
  writeFileSync(editor, `#!/bin/sh\nprintf '%s' '${newValue}' > "$1"\n`, { mode: 0o755 });
  return {
    ...scene,
    name: 'edit, one file',
    command: ['env', `VISUAL=${editor}`, ...keyhole('edit', 'hosts/web.age')],
    input: '',
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

/** `keyhole rekey`: the rules have lost a reader, and several files are encrypted anew. */
export async function rekeyScene(count: number): Promise<Scene> {
  const secrets = secretsOf(count);
  const template = await makeTemplate(secrets);
  const rules = path.join(template, 'repository/secrets.nix');
  writeFileSync(rules, readFileSync(rules, 'utf8').replaceAll('[ alice bob ]', '[ alice ]'));
  return {
    name: `rekey, ${count} files`,
    template,
    command: keyhole('rekey'),
    input: '',
    files: secrets,
    isNew: async (file, content) =>
      content !== null && readersOn(content) === 1 && (await plaintextOf(content)) === oldValue(file),
  };
}

/** `keyhole revoke`: the rules are edited, and several files encrypted anew. */
export async function revokeScene(count: number): Promise<Scene> {
  const secrets = secretsOf(count);
  const template = await makeTemplate([...secrets, 'kept.age']);
  return {
    name: `revoke, ${count} files and the rules`,
    template,
    command: keyhole('revoke', 'bob', ...secrets),
    input: '',
    files: [...secrets, 'secrets.nix'],
    isNew: async (file, content) => {
      if (content === null) return false;
      if (file === 'secrets.nix') return content.toString().split('[ alice bob ]').length === 2;
      return readersOn(content) === 1 && (await plaintextOf(content)) === oldValue(file);
    },
  };
}

const readersOn = (content: Buffer): number => {
  const header = parseHeader(content);
  return header.ok ? header.value.stanzas.length : 0;
};
