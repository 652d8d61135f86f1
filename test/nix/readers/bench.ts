import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { evaluateWithNix } from '../../../src/store/nix/nix-instantiate.ts';
import { changeReader } from '../../../src/store/nix/readers/change-reader.ts';
import type { FilesEdit } from '../../../src/store/nix/readers/file-edit.ts';
import { idOf } from '../../../src/store/nix/readers/prove-readers.ts';
import type { ReaderChange } from '../../../src/store/nix/readers/reader-change.ts';
import { memoryFiles } from '../support/memory-files.ts';
import { plainJson } from '../support/plain-rules.ts';
import { writeFiles } from '../support/write-files.ts';
import type { Layout } from './layouts.ts';

export type Files = Layout['files'];

export const keyOf = (text: string): { readonly id: string; readonly text: string } => ({
  id: idOf(text),
  text,
});

export const change = ({ files, rules }: Omit<Layout, 'layout'>, wanted: ReaderChange): FilesEdit =>
  changeReader([{ root: '/r', rulesPath: `/r/${rules}`, files: memoryFiles(files) }], wanted);

/** The files after a change, or why it was refused. */
export function changed(layout: Omit<Layout, 'layout'>, wanted: ReaderChange): Files | string {
  const result = change(layout, wanted);
  if (!result.ok) return `${result.error.code}: ${result.error.says}`;
  const files: Record<string, string> = { ...layout.files };
  for (const { path, after } of result.value) {
    const name = path.slice('/r/'.length);
    if (after === null) delete files[name];
    else files[name] = Buffer.from(after).toString();
  }
  return files;
}

/** Entry → keys, as real Nix evaluates the files. */
export async function realRules(
  files: Files,
  rules: string,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const root = writeFiles(files);
  try {
    const read = await evaluateWithNix({
      root,
      rulesPath: join(root, rules),
      env: process.env,
      timeout: 60_000,
    });
    if (!read.ok) throw new Error(JSON.stringify(read));
    return plainJson(read.value);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
