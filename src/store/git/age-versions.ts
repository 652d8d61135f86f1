import { type Outcome, ok } from '../../core/outcome.ts';
import type { AgeHistory, AgeVersion } from '../../core/rotation.ts';
import type { Stanza } from '../../core/stanza.ts';
import { parseHeader } from '../../crypto/parse-header.ts';
import { readBlobs } from './read-blobs.ts';
import { unquotePath } from './unquote-path.ts';
import { withObjects } from './with-objects.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Versions of all age files; a hostile history might have more. */
const mostVersions = 50_000;
const mostBytes = 64 * 1024 * 1024;
const largest = 4 * 1024 * 1024; // bytes of one version

const log = [
  'log',
  ...[
    '--raw',
    '--no-abbrev',
    '--full-history',
    '-m',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--no-color',
  ],
  ...['--no-show-signature', '--format=%x00%H %ct'],
];

/**
 * Every version of every `.age` file that HEAD and the commits before it hold, with the stanzas of its header; `null`
 * without git or before the first commit. Needs no key. Errors: those of `withSafeGit`.
 */
export const ageVersions = (
  root: string,
  env: Environment,
  signal?: AbortSignal,
): Promise<Outcome<AgeHistory | null>> =>
  withObjects(root, env, signal, async ({ run, head, isShallow }) => {
    const printed = await run([...log, head, '--', '*.age'], { env: { GIT_LITERAL_PATHSPECS: undefined } });
    if (!printed.ok) return printed;
    const listed = versionsIn(printed.value.toString('utf8'));
    const versions = listed.slice(0, mostVersions);
    const stanzas = new Map<string, readonly Stanza[]>();
    const blobs = [...new Set(versions.map(({ blob }) => blob))];
    const skipped = await readBlobs(run, blobs, largest, (id, content) => {
      const header = parseHeader(content, { bodies: true });
      if (header.ok) stanzas.set(id, header.value.stanzas);
    });
    if (!skipped.ok) return skipped;
    const isComplete = listed.length <= mostVersions && skipped.value === 0;
    return ok({ versions, stanzas, isComplete, isShallow });
  });

/** The content of some versions, by the id of their blob, 64 MB at most. Errors: those of `withSafeGit`. */
export async function readVersions(
  root: string,
  blobs: readonly string[],
  env: Environment,
  signal?: AbortSignal,
): Promise<Outcome<ReadonlyMap<string, Uint8Array>>> {
  const found = new Map<string, Uint8Array>();
  let bytes = 0;
  const read = await withObjects(root, env, signal, ({ run }) =>
    readBlobs(run, blobs, largest, (id, content) => {
      bytes += content.length;
      if (bytes <= mostBytes) found.set(id, Uint8Array.from(content));
    }),
  );
  return read.ok ? ok(found) : read;
}

/** Newest first, as git prints them; a merge names each of its versions once for every parent. */
function versionsIn(printed: string): readonly AgeVersion[] {
  const versions: AgeVersion[] = [];
  const seen = new Set<string>();
  let [commit, when] = ['', Number.NaN];
  for (const line of printed.split('\n')) {
    const [, id, seconds] = /^\0([0-9a-f]{40,64}) (\d{1,12})$/.exec(line) ?? [];
    if (id !== undefined) [commit, when] = [id, Number(seconds) * 1000];
    const [, blob, status, written] =
      /^:\d+ 100\d+ [0-9a-f]+ ([0-9a-f]{40,64}) ([AM])\t(.*)$/.exec(line) ?? [];
    if (blob === undefined || written === undefined) continue;
    const path = unquotePath(written);
    const mark = `${commit} ${blob} ${path}`;
    if (seen.has(mark)) continue;
    seen.add(mark);
    versions.push({ path, blob, commit, when, isNew: status === 'A' });
  }
  return versions;
}
