import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { errnoOf } from '../file-failure.ts';
import { findProgram } from '../find-program.ts';
import { limitedCommand } from '../limited-command.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface NixRequest {
  /** Absolute; Nix reads nothing outside of it. */
  readonly root: string;
  /** Absolute path of the rules file. */
  readonly rulesPath: string;
  /** Only PATH is used, to find the programs; nothing of it reaches Nix. */
  readonly env: Environment;
  /** Wall-clock milliseconds. */
  readonly timeout: number;
  /** Bytes of output; 8 MiB when absent. */
  readonly outputLimit?: number;
  /** KiB; 1 GiB when absent. */
  readonly memory?: number;
}

/** Rules of ten thousand files take Nix 2.8 a quarter of it, most of that being what its collector reserves. */
const usualMemory = 1024 ** 2; // KiB

/** Every option is needed: together they contained all hostile rules tried against Nix 2.8. */
const options = [
  ['restrict-eval', 'true'],
  ['allowed-uris', ''],
  ['allow-import-from-derivation', 'false'],
  ['substitute', 'false'],
  ['builders', ''],
  ['plugin-files', ''],
  ['pure-eval', 'false'],
  ['allow-unsafe-native-code-during-evaluation', 'false'],
] as const;

/** The rules path is an argument of a constant expression; no Nix text is ever made from a name. */
const expression = '{p}: import (/. + p)';

function commandLine(nix: string, root: string, rules: string): readonly string[] {
  const flags = options.flatMap(([name, value]) => ['--option', name, value]);
  const arguments_ = ['--eval', '--strict', '--json', '--readonly-mode', ...flags];
  return [nix, ...arguments_, '-I', `root=${root}`, '--argstr', 'p', rules, '-E', expression];
}

/** No directory can be made below it, not even by root. */
const nowhere = '/dev/null/keyhole';

/**
 * Nothing of the user's: no settings, no NIX_PATH, a store that is never written, and no program to start. Restricted or
 * not, `fetchGit ./.` runs git in the repository, whose `.git/config` says what git runs.
 */
const nixEnvironment = {
  PATH: nowhere,
  HOME: nowhere,
  XDG_CACHE_HOME: nowhere,
  XDG_CONFIG_HOME: nowhere,
  XDG_DATA_HOME: nowhere,
  XDG_STATE_HOME: nowhere,
  NIX_CONF_DIR: nowhere,
  NIX_USER_CONF_FILES: '',
  NIX_PATH: '',
  NIX_REMOTE: 'dummy://',
  LC_ALL: 'C',
} as const;

/**
 * For Nix's garbage collector: macOS does not limit the address space of a program. Newer versions of Nix reserve a
 * good part of the machine's memory unless told what to begin with, and a thread for each processor.
 */
const collectorLimits = (memory: number) => ({
  GC_INITIAL_HEAP_SIZE: String(32 * 1024 ** 2),
  GC_MAXIMUM_HEAP_SIZE: String(memory * 768), // three quarters, in bytes
  GC_MARKERS: '1',
});

interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
  /** Why it was stopped, if it was. */
  readonly stopped: string | null;
}

/** Runs a program of its own process group, which is killed as a whole at the limits or on abort. */
function run(command: readonly string[], request: NixRequest, signal?: AbortSignal): Promise<Ended> {
  const { timeout, outputLimit = 8 * 1024 ** 2, memory = usualMemory } = request;
  const [program = '', ...rest] = limitedCommand({ of: 'address-space', kibibytes: memory }, command);
  return new Promise((resolve) => {
    const child = spawn(program, rest, {
      cwd: '/',
      env: { ...nixEnvironment, ...collectorLimits(memory) },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let stopped: string | null = null;
    let size = 0;
    const output: Buffer[] = [];
    let errors = '';
    const stop = (why: string) => {
      stopped ??= why;
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended already.
      }
    };
    const timer = setTimeout(() => stop(`stopped after ${(timeout / 1000).toFixed(1)} s`), timeout);
    const onAbort = () => stop('cancelled');
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted) onAbort();
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > outputLimit) stop(`it printed more than ${outputLimit} bytes`);
      else output.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString('utf8')).slice(-16_384);
    });
    const finish = (status: number | null) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      resolve({ status, output: Buffer.concat(output).toString('utf8'), errors, stopped });
    };
    child.on('error', (error) => {
      stopped ??= `cannot be started (${errnoOf(error) ?? 'for an unknown reason'})`;
      finish(null);
    });
    child.on('close', finish);
  });
}

/** Nix writes `error: …`, traces around it; the last such line is the cause. */
const causeOf = (errors: string): string =>
  errors
    .split('\n')
    .findLast((line) => line.includes('error: '))
    ?.replace(/^.*?error: /, '')
    .trim() ?? 'it gave no reason';

/**
 * What real Nix makes of a rules file, as parsed JSON: restricted to the repository, no network, no builds, nothing
 * written, an empty environment. Errors: `not-found` when Nix is not installed, `refused` when the rules file is
 * not below the root, `bad-rules` when the evaluation fails or is stopped at a limit. The exit status decides before the
 * output is looked at: a failing Nix prints well-formed JSON with recipients missing.
 */
export async function evaluateWithNix(request: NixRequest, signal?: AbortSignal): Promise<Outcome<unknown>> {
  const nix = findProgram('nix-instantiate', request.env['PATH']);
  if (nix === null) return fail('not-found', 'nix-instantiate is not installed');
  let root: string;
  let rules: string;
  try {
    root = realpathSync(request.root);
    rules = realpathSync(request.rulesPath);
  } catch {
    return fail('not-found', 'the rules file is not there', { where: request.rulesPath });
  }
  if (!rules.startsWith(root === '/' ? '/' : `${root}/`)) {
    return fail('refused', 'the rules file is outside the repository', { where: request.rulesPath });
  }
  const ended = await run(commandLine(nix, root, rules), request, signal);
  const where = path.relative(root, rules);
  if (ended.stopped !== null) return fail('bad-rules', `nix-instantiate: ${ended.stopped}`, { where });
  if (ended.status !== 0) {
    return fail('bad-rules', `nix-instantiate: ${causeOf(ended.errors)}`, { where });
  }
  try {
    return ok(JSON.parse(ended.output));
  } catch {
    return fail('bad-rules', 'nix-instantiate printed something else than JSON', { where });
  }
}
