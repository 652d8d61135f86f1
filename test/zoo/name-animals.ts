import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Animal } from './animal.ts';
import type { Cage } from './cage.ts';

/** Files whose names are the attack; each with a rule where a name can be written in one. */
const named = (name: string, file: string): Animal => ({
  name,
  async build(cage) {
    cage.write({
      'secrets.nix': `{ ${nixString(file)}.publicKeys = [ "${cage.alice.publicLine}" ]; }`,
      [file]: await cage.encrypted('x'),
    });
  },
  sign: { secret: { id: file, state: 'ok' }, open: { id: file, gives: /^0 keys$/ } },
});

const nixString = (text: string): string =>
  `"${text
    .replace(/["\\$]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')}"`;

function writeBytes(cage: Cage, directory: string, name: Uint8Array): void {
  mkdirSync(join(cage.root, directory), { recursive: true });
  writeFileSync(Buffer.concat([Buffer.from(`${cage.root}/${directory}/`), name]), 'x');
}

export const nameAnimals: readonly Animal[] = [
  named('escape sequences in a name', '\u001b]52;c;ZXZpbA==\u0007\u001b[2J.age'),
  named('a newline in a name', 'two\nlines.age'),
  named('a carriage return in a name', 'good.age\rbad.age'),
  named('a name that reads backwards', 'x\u202ega.sdrowssap.age'),
  named('a name with nothing to see', 'ad\u200bmin.age'),
  named('a name like an option', '--help.age'),
  named('a name like Nix', '${builtins.getEnv "HOME"}".age'),
  named('a name that is only the ending', '.age'),
  named('a name as long as a name can be', `${'n'.repeat(251)}.age`),
  {
    name: 'a name that is not UTF-8',
    build(cage) {
      writeBytes(cage, 'good', Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x2e, 0x61, 0x67, 0x65]));
      cage.git('add', '-A');
    },
    sign: { problem: { where: /caf.+\.age/, says: /not UTF-8/ } },
  },
  {
    name: 'a directory that is not UTF-8, without git',
    build(cage) {
      mkdirSync(Buffer.concat([Buffer.from(`${cage.root}/caf`), Buffer.from([0xe9])]));
      cage.git('init', '-q');
      writeFileSync(join(cage.root, '.git/index'), 'no index');
    },
    sign: { problem: { where: /caf/, says: /not UTF-8/ } },
  },
  {
    name: 'names that differ in case only',
    async build(cage) {
      const file = await cage.encrypted('x');
      cage.write({ 'good/DB.age': file, 'good/db.age': file });
    },
    sign: { problem: { where: /good\/db\.age/, says: /only in case/ } },
  },
  {
    name: 'names that differ in Unicode form only',
    async build(cage) {
      const file = await cage.encrypted('x');
      cage.write({ 'good/caf\u00e9.age': file, 'good/cafe\u0301.age': file });
    },
    sign: { problem: { where: /caf/, says: /Unicode form/ } },
  },
  {
    name: '400 directories deep, without an index',
    build(cage) {
      mkdirSync(join(cage.root, 'd/'.repeat(400)), { recursive: true });
      writeFileSync(join(cage.root, '.git/index'), '');
    },
    sign: { problem: { where: /d\/d/, says: /directories deep/ } },
  },
];
