import { unquotePath } from './unquote-path.ts';

/** A line that a commit took away or brought, with the one before it in the same stretch. */
export interface PatchLine {
  readonly commit: string;
  /** Milliseconds since 1970. */
  readonly when: number;
  readonly file: string;
  readonly did: 'removed' | 'added';
  readonly text: string;
  readonly before: string | null;
}

/** Begins the line of a commit; lines of a patch begin with something else, whatever stands in the files. */
export const patchFormat = '%x00%H %ct';

/** What `git log -p --format=<patchFormat>` printed; what cannot be read as that is passed over. */
export function* readPatches(printed: string): Generator<PatchLine> {
  let [commit, when, minusFile, plusFile] = ['', Number.NaN, '', ''];
  let [minus, plus] = [0, 0];
  let before: { readonly did: string; readonly text: string } | null = null;
  for (const line of linesOf(printed)) {
    const sign = line[0];
    if (sign === '-' && minus > 0) minus -= 1;
    else if (sign === '+' && plus > 0) plus -= 1;
    else {
      before = null;
      const header = /^\0([0-9a-f]{40,64}) (\d{1,12})$/.exec(line);
      const hunk = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
      if (header) [commit, when, minus, plus] = [header[1] ?? '', Number(header[2]) * 1000, 0, 0];
      else if (hunk) [minus, plus] = [Number(hunk[1] ?? 1), Number(hunk[2] ?? 1)];
      else if (line.startsWith('--- ')) minusFile = fileOf(line.slice(4));
      else if (line.startsWith('+++ ')) plusFile = fileOf(line.slice(4));
      continue;
    }
    const did = sign === '-' ? 'removed' : 'added';
    const text = line.slice(1);
    const file = did === 'removed' ? minusFile : plusFile;
    yield { commit, when, file, did, text, before: before?.did === did ? before.text : null };
    before = { did, text };
  }
}

function* linesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    yield text.slice(at, end === -1 ? text.length : end);
    at = end === -1 ? text.length : end + 1;
  }
}

/** `a/PATH`, or in C quotes where it holds what git does not print. */
function fileOf(written: string): string {
  return unquotePath(written.replace(/\t$/, '')).slice(2);
}
