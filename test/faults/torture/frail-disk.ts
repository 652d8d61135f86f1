import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mountHindrance } from './mount-hindrance.ts';

/** A file system, and what of it the end of the power spares. */
export interface Frailty {
  readonly name: string;
  readonly format: readonly string[];
  readonly mebibytes: number;
  readonly options: string;
  /**
   * `nothing`: only what had reached the disk is there afterwards. `names`: the file system just wrote its journal, so
   * that names and sizes reached the disk, and of contents only what was synchronised.
   */
  readonly spares: 'nothing' | 'names';
}

/** File systems in files below one directory, formatted once and copied for every run. */
export interface FrailDisks {
  /** Mounts a fresh copy; `slot` is which of those that are mounted at a time. */
  mount(slot: number): FrailDisk;
  remove(): void;
}

export interface FrailDisk {
  readonly directory: string;
  /** The power fails, and comes back: everything not on the disk is gone. Throws where it did not fail. */
  losePower(): void;
  unmount(): void;
}

const shutDown = `import fcntl, os, struct, sys
descriptor = os.open(sys.argv[1], os.O_RDONLY)
fcntl.ioctl(descriptor, 0x8004587D, struct.pack('I', int(sys.argv[2])))`;

const flags = { names: 1, nothing: 2 } as const;

/** Why there can be no such disk here; `null` when there can. */
export function hindrance({ format }: Frailty): string | null {
  for (const program of ['losetup', 'python3', format[0] ?? '']) {
    if (spawnSync(program, ['-V'], { stdio: 'ignore' }).error !== undefined)
      return `${program} is not installed`;
  }
  if (spawnSync('losetup', ['--find'], { stdio: 'ignore' }).status !== 0) return 'no loop device is free';
  return mountHindrance();
}

export function makeFrailDisks(frailty: Frailty, top: string, fill: (directory: string) => void): FrailDisks {
  mkdirSync(top);
  const image = path.join(top, 'image');
  execFileSync('truncate', ['-s', `${frailty.mebibytes}M`, image]);
  const [program = '', ...words] = frailty.format;
  execFileSync(program, [...words, image], { stdio: 'pipe' });
  const mounted = new Set<string>();
  const attach = (file: string, at: string): void => {
    mkdirSync(at, { recursive: true });
    execFileSync('mount', ['-o', `loop,${frailty.options}`, file, at], { stdio: 'pipe' });
    mounted.add(at);
  };
  const detach = (at: string): void => {
    execFileSync('umount', [at], { stdio: 'pipe' });
    mounted.delete(at);
  };
  const first = path.join(top, 'first');
  attach(image, first);
  fill(first);
  detach(first);
  return {
    mount(slot) {
      const file = path.join(top, `image-${slot}`);
      const directory = path.join(top, `slot-${slot}`);
      waitUntilFree(file);
      execFileSync('cp', ['--sparse=always', image, file]);
      attach(file, directory);
      return {
        directory,
        losePower() {
          execFileSync('python3', ['-c', shutDown, directory, `${flags[frailty.spares]}`], { stdio: 'pipe' });
          if (canWrite(directory)) throw new Error('the power did not fail');
          detach(directory);
          waitUntilFree(file);
          attach(file, directory);
        },
        unmount: () => detach(directory),
      };
    },
    remove() {
      // Only where something went wrong, and then maybe with a program still in it.
      for (const at of mounted) spawnSync('umount', ['-l', at]);
      rmSync(top, { recursive: true, force: true });
    },
  };
}

/** Another mount namespace, of any program on the machine, may hold what was unmounted here a little longer. */
function waitUntilFree(file: string): void {
  for (let tries = 0; tries < 100; tries += 1) {
    if (execFileSync('losetup', ['-j', file], { encoding: 'utf8' }) === '') return;
    execFileSync('sleep', ['0.1']);
  }
  throw new Error('the file system is still held by somebody');
}

function canWrite(directory: string): boolean {
  try {
    writeFileSync(path.join(directory, 'after-the-end'), '');
    return true;
  } catch {
    return false;
  }
}
