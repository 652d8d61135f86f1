import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { builtProgram } from '../support/built-program.ts';
import { describeWithPeers } from '../support/peers.ts';
import { startTmux, type Tmux } from '../support/tmux.ts';
import { buildHouseOfSecrets, type HouseOfSecrets } from './support/house-of-secrets.ts';

let house: HouseOfSecrets;
/** Holds `keyhole` as an installed program. */
let bin: string;

beforeAll(async () => {
  house = await buildHouseOfSecrets();
  bin = path.join(house.elsewhere, 'bin');
  mkdirSync(bin);
  writeFileSync(
    path.join(bin, 'keyhole'),
    `#!/bin/sh\nexec '${process.execPath}' '${builtProgram()}' "$@"\n`,
  );
  chmodSync(path.join(bin, 'keyhole'), 0o755);
});
afterAll(() => house.remove());

const environment = () => ({ PATH: `${bin}:${process.env['PATH']}`, HOME: house.home, LANG: 'C.UTF-8' });

async function shell(command: readonly string[], setUp: string): Promise<Tmux> {
  const tmux = startTmux({
    columns: 100,
    rows: 30,
    command,
    cwd: house.root,
    env: { ...environment(), PS1: 'ready> ' },
  });
  onTestFinished(() => tmux.close());
  tmux.type(`${setUp}; clear; echo set $((1 + 1)) up`);
  tmux.press('Enter');
  // What is typed before the prompt is there would not be edited by the shell.
  await tmux.waitFor(/^set 2 up\nready>$/);
  return tmux;
}

/**
 * What a person types, and what stands in the line after Tab. Each has one completion: where a shell adds nothing, nobody
 * could tell when it is done, and what is typed meanwhile lands anywhere.
 */
const typed: readonly (readonly [string, string | RegExp])[] = [
  ['keyhole compl', 'keyhole completion'],
  ['keyhole list --sta', 'keyhole list --state'],
  ['keyhole list --state dam', 'keyhole list --state damaged'],
  ['keyhole get secrets/db', 'keyhole get secrets/db.age'],
  ['keyhole get secrets/wi', /keyhole get secrets\/with\\ space\.age/],
  ['keyhole what ali', 'keyhole what alice'],
  ['keyhole -C secr', 'keyhole -C secrets'],
  ['keyhole list --rules secrets.n', 'keyhole list --rules secrets.nix'],
];

async function tabCompletes(tmux: Tmux): Promise<void> {
  for (const [words, completed] of typed) {
    tmux.press('C-u');
    tmux.type(words);
    tmux.press('Tab');
    await tmux.waitFor(completed);
  }
}

describeWithPeers('completion in bash', ['bash', 'tmux'], () => {
  test('completes commands, options, secrets and readers', async () => {
    const tmux = await shell(['bash', '--norc', '--noprofile'], 'source <(keyhole completion bash)');
    await tabCompletes(tmux);
  });

  test('offers the values of --option=', () => {
    const script = `source <(keyhole completion bash)
      COMP_WORDS=(keyhole list --state = d); COMP_CWORD=4; _keyhole 2>/dev/null; echo "\${COMPREPLY[@]}"
      COMP_WORDS=(keyhole list --state =); COMP_CWORD=3; _keyhole 2>/dev/null; echo "\${COMPREPLY[@]}"`;
    expect(execFileSync('bash', ['--norc', '-c', script], { env: environment(), encoding: 'utf8' })).toBe(
      'drift damaged\nok drift missing orphan damaged unknown\n',
    );
  });

  test('runs nothing that is typed', () => {
    const script = `source <(keyhole completion bash)
      COMP_WORDS=(keyhole get '$(touch owned)' '\`touch owned\`'); COMP_CWORD=3; _keyhole 2>/dev/null; ls`;
    const listed = execFileSync('bash', ['--norc', '-c', script], {
      cwd: house.elsewhere,
      env: environment(),
      encoding: 'utf8',
    });
    expect(listed).not.toContain('owned');
  });
});

describeWithPeers('completion in zsh', ['zsh', 'tmux'], () => {
  test('completes commands, options, secrets and readers', async () => {
    const tmux = await shell(
      ['zsh', '-f'],
      'autoload -U compinit; compinit -u -D; source <(keyhole completion zsh)',
    );
    await tabCompletes(tmux);
  });
});

describeWithPeers('completion in fish', ['fish'], () => {
  test.each([
    ['keyhole compl', 'completion'],
    ['keyhole list --sta', '--state'],
    ['keyhole list --state dam', 'damaged'],
    ['keyhole list --state=dam', '--state=damaged'],
    ['keyhole get secrets/db', 'secrets/db.age'],
    ['keyhole get secrets/wi', 'secrets/with space.age'],
    ['keyhole what ali', 'alice'],
    ['keyhole -C secr', 'secrets/'],
    ['keyhole list --rules secrets.n', 'secrets.nix'],
  ])('%s', (words, candidate) => {
    const offered = execFileSync(
      'fish',
      ['-N', '-c', `keyhole completion fish | source; complete -C '${words}'`],
      {
        cwd: house.root,
        env: environment(),
        encoding: 'utf8',
      },
    );
    expect(offered.split('\n').map((line) => line.split('\t')[0])).toContain(candidate);
  });
});
