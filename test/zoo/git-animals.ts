import { execFileSync } from 'node:child_process';
import {
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Animal, Sign } from './animal.ts';
import type { Cage } from './cage.ts';
import { goodSecret } from './cage.ts';

const unharmed: Sign = { secret: { id: goodSecret, state: 'ok' } };
const dotGit = (says: RegExp): Sign => ({ problem: { where: /\.git/, says } });

/** Settings in `.git/config` that make a git which believes them run something. */
const configured = (
  name: string,
  settings: (cage: Cage) => Readonly<Record<string, string>>,
  more?: (cage: Cage) => void,
): Animal => ({
  name,
  build(cage) {
    for (const [key, value] of Object.entries(settings(cage))) cage.git('config', key, value);
    more?.(cage);
  },
  sign: unharmed,
});

/** Reliability 2.4: what a hostile `.git` may try. The driver of the zoo asks for history, state and a commit to be. */
export const gitAnimals: readonly Animal[] = [
  configured('a file system monitor', (cage) => ({ 'core.fsmonitor': cage.trap('fsmonitor') })),
  configured(
    'hooks',
    (cage) => ({ 'core.hooksPath': join(cage.root, 'hooks') }),
    (cage) => {
      for (const hook of ['post-checkout', 'pre-commit', 'reference-transaction', 'post-index-change']) {
        cage.write({ [`hooks/${hook}`]: `#!/bin/sh\n${cage.trap(hook)}\n` });
      }
      execFileSync('chmod', ['-R', '+x', join(cage.root, 'hooks')]);
    },
  ),
  configured(
    'filters and text conversion by attributes',
    (cage) => ({
      'filter.evil.clean': cage.trap('clean'),
      'filter.evil.smudge': cage.trap('smudge'),
      'filter.evil.process': cage.trap('process'),
      'diff.evil.textconv': cage.trap('textconv'),
      'diff.evil.command': cage.trap('diff-command'),
      'merge.evil.driver': cage.trap('merge'),
    }),
    (cage) => {
      cage.write({ '.gitattributes': '* filter=evil diff=evil merge=evil\n' });
      // git has not seen it with this time: its content would have to be compared.
      utimesSync(join(cage.root, goodSecret), 1, 1);
    },
  ),
  configured('an external diff', (cage) => ({ 'diff.external': cage.trap('external') })),
  configured('a pager', (cage) => ({
    'core.pager': cage.trap('pager'),
    'pager.log': cage.trap('pager-log'),
  })),
  configured('a signature program', (cage) => ({
    'gpg.program': cage.trap('gpg'),
    'log.showSignature': 'true',
  })),
  configured('an alias and an editor', (cage) => ({
    'alias.log': `!${cage.trap('alias')}`,
    'core.editor': cage.trap('editor'),
  })),
  configured('a credential helper and an ssh command', (cage) => ({
    'credential.helper': `!${cage.trap('helper')}`,
    'core.sshCommand': cage.trap('ssh'),
  })),
  configured('an include from outside', (cage) => ({ 'include.path': join(cage.outside, 'canary.txt') })),
  configured('a conditional include from outside', (cage) => ({
    [`includeIf.gitdir:${cage.root}/.path`]: join(cage.outside, 'canary.txt'),
  })),
  configured('a work tree outside', (cage) => ({ 'core.worktree': cage.outside })),
  configured(
    'a promised remote behind a program, and a missing object',
    (cage) => ({
      'core.repositoryFormatVersion': '1',
      'extensions.partialClone': 'origin',
      'remote.origin.promisor': 'true',
      'remote.origin.url': `ext::sh -c ${cage.trap('promisor').replaceAll(' ', '% ')}`,
      'protocol.ext.allow': 'always',
    }),
    (cage) => {
      const tree = cage.git('rev-parse', 'HEAD^{tree}').trim();
      rmSync(join(cage.root, '.git/objects', tree.slice(0, 2), tree.slice(2)));
    },
  ),
  {
    name: 'objects borrowed from outside',
    build: (cage) => writeFileSync(join(cage.root, '.git/objects/info/alternates'), `${cage.outside}\n`),
    sign: unharmed,
  },
  {
    name: 'objects behind a link outside',
    build(cage) {
      renameSync(join(cage.root, '.git/objects'), join(cage.outside, 'objects'));
      symlinkSync(join(cage.outside, 'objects'), join(cage.root, '.git/objects'));
    },
    sign: unharmed,
  },
  {
    name: 'a .git file that points outside',
    build(cage) {
      renameSync(join(cage.root, '.git'), join(cage.outside, '.git'));
      cage.write({ '.git': `gitdir: ${cage.outside}/.git\n` });
    },
    sign: dotGit(/does not point back/),
  },
  {
    name: 'a .git file that points to a directory of the system',
    build(cage) {
      rmSync(join(cage.root, '.git'), { recursive: true });
      cage.write({ '.git': 'gitdir: /etc/.git/worktrees/../../ssh\n' });
    },
    sign: dotGit(/does not point back|does not name/),
  },
  {
    name: 'a .git that is a link',
    build(cage) {
      renameSync(join(cage.root, '.git'), join(cage.outside, '.git'));
      symlinkSync(join(cage.outside, '.git'), join(cage.root, '.git'));
    },
    sign: dotGit(/neither a directory nor a file/),
  },
  {
    name: 'a .git that is a FIFO',
    build(cage) {
      rmSync(join(cage.root, '.git'), { recursive: true });
      execFileSync('mkfifo', [join(cage.root, '.git')]);
    },
    sign: dotGit(/neither a directory nor a file/),
  },
  {
    name: 'a .git file of 3 GiB',
    build(cage) {
      rmSync(join(cage.root, '.git'), { recursive: true });
      cage.write({ '.git': 'gitdir: ' });
      truncateSync(join(cage.root, '.git'), 3 * 1024 ** 3);
    },
    sign: dotGit(/./),
  },
  {
    name: 'a HEAD that climbs out',
    build: (cage) =>
      writeFileSync(join(cage.root, '.git/HEAD'), 'ref: refs/heads/../../../../outside/canary.txt\n'),
    sign: unharmed,
  },
  {
    name: 'a HEAD, a branch and an index that are links outside or FIFOs',
    build(cage) {
      for (const name of ['HEAD', 'index']) {
        rmSync(join(cage.root, '.git', name));
        symlinkSync(join(cage.outside, 'canary.txt'), join(cage.root, '.git', name));
      }
      rmSync(join(cage.root, '.git/refs/heads/main'));
      execFileSync('mkfifo', [join(cage.root, '.git/refs/heads/main'), join(cage.root, '.git/packed-refs')]);
    },
    sign: unharmed,
  },
  {
    name: 'an index that names files outside',
    build(cage) {
      const path = join(cage.root, '.git/index');
      const name = Buffer.from('good/good.age');
      const index = readFileSync(path);
      index.set(Buffer.from('../outsid.age'), index.indexOf(name));
      writeFileSync(path, index);
    },
    sign: { problem: { where: /\.\.\/outsid\.age/, says: /outside the tree/ } },
  },
  {
    name: 'an index that promises 4 billion files',
    build(cage) {
      const path = join(cage.root, '.git/index');
      const index = readFileSync(path);
      index.writeUInt32BE(0xffffffff, 8);
      writeFileSync(path, index);
    },
    sign: unharmed,
  },
  {
    name: 'a bare repository inside, with a monitor',
    build(cage) {
      cage.git('init', '-q', '--bare', join(cage.root, 'good'));
      execFileSync('git', [
        'config',
        '--file',
        join(cage.root, 'good/config'),
        'core.fsmonitor',
        cage.trap('bare-fsmonitor'),
      ]);
    },
    sign: unharmed,
  },
  {
    name: 'another repository inside, with settings of its own',
    async build(cage) {
      cage.git('init', '-q', 'nested');
      cage.git('-C', 'nested', 'config', 'core.fsmonitor', cage.trap('nested-fsmonitor'));
      cage.write({ 'nested/x.age': await cage.encrypted('x') });
    },
    sign: unharmed,
  },
  {
    name: 'submodules from anywhere',
    build: (cage) =>
      cage.write({
        '.gitmodules': `[submodule "x"]\n\tpath = x\n\turl = ext::sh -c ${cage.trap('submodule').replaceAll(' ', '% ')}\n\tupdate = !${cage.trap('update')}\n`,
      }),
    sign: unharmed,
  },
  {
    name: 'programs of its own on a relative PATH',
    build(cage) {
      for (const name of ['git', 'nix-instantiate', 'age', 'ssh-keygen']) {
        cage.write({
          [name]: `#!/bin/sh\n${cage.trap(name)}\n`,
          [`bin/${name}`]: `#!/bin/sh\n${cage.trap(name)}\n`,
        });
      }
      execFileSync('chmod', ['-R', '+x', cage.root]);
    },
    sign: unharmed,
  },
];
