import { spawn } from 'node:child_process';

export interface HistoryCommit {
  readonly author: { readonly name: string; readonly email: string };
  /** Seconds since 1970. */
  readonly when: number;
  readonly subject: string;
  /** Path in the repository → content; null deletes it. */
  readonly files: ReadonlyMap<string, Uint8Array | null>;
}

// Nobody's settings, templates, hooks or signing keys take part: the demo is the same everywhere.
const environment = (path: string | undefined) => ({
  PATH: path,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  HOME: '/nonexistent',
});

/**
 * Makes `directory`, whose files already lie there, a git repository with these commits. Three processes however
 * long the history is. Answers false where git is not installed or refuses: the files are there all the same.
 */
export async function writeHistory(
  directory: string,
  commits: readonly HistoryCommit[],
  path = process.env['PATH'],
): Promise<boolean> {
  const git = (commandArguments: readonly string[], input?: Uint8Array) =>
    run('git', commandArguments, { cwd: directory, env: environment(path) }, input);
  return (
    (await git(['init', '--quiet', '--template=', '--initial-branch=main'])) &&
    (await git(['fast-import', '--quiet', '--force'], importStream(commits))) &&
    (await git(['reset', '--quiet']))
  );
}

/** The input language of git-fast-import(1). */
function importStream(commits: readonly HistoryCommit[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const text = (line: string) => parts.push(Buffer.from(line));
  const data = (bytes: Uint8Array) => {
    text(`data ${bytes.length}\n`);
    parts.push(bytes);
    text('\n');
  };
  for (const { author, when, subject, files } of commits) {
    const person = `${author.name} <${author.email}> ${when} +0000`;
    text(`commit refs/heads/main\nauthor ${person}\ncommitter ${person}\n`);
    data(Buffer.from(`${subject}\n`));
    for (const [file, content] of files) {
      if (content === null) {
        text(`D ${file}\n`);
      } else {
        text(`M 100644 inline ${file}\n`);
        data(content);
      }
    }
  }
  text('done\n');
  return Buffer.concat(parts);
}

function run(
  command: string,
  commandArguments: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
  input?: Uint8Array,
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, commandArguments, { ...options, stdio: ['pipe', 'ignore', 'ignore'] });
    child.on('error', () => resolve(false));
    child.on('close', (status) => resolve(status === 0));
    child.stdin.on('error', () => {}); // It ended early; its status says so.
    child.stdin.end(input);
  });
}
