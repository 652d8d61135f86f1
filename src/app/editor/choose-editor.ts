import { realpathSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { findProgram } from '../../store/find-program.ts';
import { knownEditor } from './known-editors.ts';
import { splitWords } from './split-words.ts';

export interface Editor {
  /** As the user calls it. */
  readonly name: string;
  /** Absolute. */
  readonly program: string;
  readonly options: readonly string[];
  /** Whether it was told to make no copies of its own. */
  readonly hardened: boolean;
}

/**
 * The user's editor, `VISUAL` before `EDITOR`, as words and never through a shell. Errors: `usage` (none is set, one that
 * would return at once), `not-found`.
 */
export function chooseEditor(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Outcome<Editor> {
  const variable = env['VISUAL'] ? 'VISUAL' : 'EDITOR';
  const words = splitWords(env[variable] ?? '');
  if (!words.ok) return { ok: false, error: { ...words.error, where: variable } };
  const [name, ...own] = words.value;
  if (name === undefined) {
    return fail('usage', 'no editor is set', { hint: 'set EDITOR, for instance EDITOR=vim' });
  }
  const program = name.includes('/') ? resolve(cwd, name) : findProgram(name, env['PATH']);
  const actual = program === null ? null : followed(program);
  if (program === null || actual === null)
    return fail('not-found', `no program called ${name}`, { where: variable });
  // `vi` is many programs: what it leads to says which.
  const { hardening, waits } = [name, actual]
    .map((one) => knownEditor(basename(one)))
    .reduce((one, other) => (one.hardening === null && one.waits === undefined ? other : one));
  if (waits && !own.some((option) => waits.includes(option))) {
    return fail('usage', `${name} returns before the file is saved`, {
      where: variable,
      hint: `tell it to wait: ${variable}="${env[variable]} ${waits[0]}"`,
    });
  }
  return ok({ name, program, options: [...(hardening ?? []), ...own], hardened: hardening !== null });
}

function followed(program: string): string | null {
  try {
    return realpathSync(program);
  } catch {
    return null;
  }
}
