import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { disguisesOf, marker } from './leak-marks.ts';

/** A program and all it starts, watched through the system calls by which bytes can leave them. */
export interface Watch {
  /** To be put before the program's own words. */
  readonly words: readonly string[];
  /**
   * The calls in which one of the marks is, in any disguise, and those that move bytes which strace does not show.
   * Throws where it does not see the mark that was planted in each disguise.
   */
  leaks(marks: readonly string[]): readonly string[];
}

const calls = [
  ...['write', 'pwrite64', 'writev', 'pwritev', 'pwritev2', 'sendto', 'sendmsg', 'sendmmsg'],
  ...['execve', 'execveat', 'openat', 'mkdir', 'symlink', 'symlinkat', 'link', 'linkat'],
  ...['rename', 'renameat', 'renameat2', 'copy_file_range', 'splice', 'vmsplice', 'sendfile', 'mmap'],
  ...['io_uring_setup', 'io_uring_enter'],
];

const unseen =
  /^(copy_file_range|splice|vmsplice|sendfile|io_uring_enter)\(|^mmap\(.*MAP_SHARED.*PROT_WRITE|^mmap\(.*PROT_WRITE.*MAP_SHARED, \d+</;

const isPlanted = (line: string): boolean => /^write\(1<\/dev\/null/.test(line);

/** `directory` is made, and holds what was seen. `more` are further words for strace. */
export function watch(directory: string, more: readonly string[] = []): Watch {
  mkdirSync(directory);
  const planted = marker();
  const plant = path.join(directory, 'planted');
  writeFileSync(plant, disguisesOf(planted).join('\n'), 'latin1');
  // With -v also the environment of what is started. Without a ring in the kernel Node makes every call itself.
  const strace = ['strace', '-ff', '-v', '-yy', '-s', '10000000', '-o', path.join(directory, 'seen')];
  const noRing = ['-e', 'inject=io_uring_setup:error=ENOSYS'];
  const planting = `head -c 100000 '${plant}' >/dev/null; exec "$@"`;
  return {
    words: [...strace, '-e', `trace=${calls.join(',')}`, ...noRing, ...more, 'sh', '-c', planting, 'sh'],
    leaks(marks) {
      const lines = readdirSync(directory)
        .filter((name) => name.startsWith('seen.'))
        .flatMap((name) => readFileSync(path.join(directory, name), 'latin1').split('\n'));
      const [ours, others] = [lines.filter(isPlanted), lines.filter((line) => !isPlanted(line))];
      for (const disguise of printedOf(planted)) {
        if (!ours.some((line) => line.includes(disguise)))
          throw new Error(`the search does not find what was planted as ${disguise}`);
      }
      const wanted = marks.flatMap(printedOf);
      return others.filter((line) => unseen.test(line) || wanted.some((disguise) => line.includes(disguise)));
    },
  };
}

const printedOf = (mark: string): readonly string[] => disguisesOf(mark).map(asPrinted);

const escapes: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\v': '\\v',
  '\f': '\\f',
  '"': '\\"',
  '\\': '\\\\',
};

/** As strace prints it within quotes: bytes that are not ASCII in octal, as short as the next digit allows. */
const asPrinted = (text: string): string =>
  Buffer.from(text)
    .toString('latin1')
    .replace(
      /[\n\t\r\v\f"\\]|[^ -~](?=([0-7])?)/g,
      (character, digit?: string) =>
        escapes[character] ??
        `\\${character
          .charCodeAt(0)
          .toString(8)
          .padStart(digit === undefined ? 1 : 3, '0')}`,
    );
