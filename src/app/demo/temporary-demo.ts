import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import { errnoOf } from '../../store/file-failure.ts';
import { createDemo, type Demo } from './create-demo.ts';

export interface TemporaryDemo extends Demo {
  /** Deletes it. Synchronous and repeatable, so that it may run while the process exits. */
  readonly remove: () => void;
}

/** A demo in a fresh directory (0700) of the system's temporary one; whoever asked for it removes it. */
export async function createTemporaryDemo(): Promise<Outcome<TemporaryDemo>> {
  let directory: string;
  try {
    directory = await mkdtemp(path.join(tmpdir(), 'keyhole-demo-'));
  } catch (error) {
    const cause = errnoOf(error) ?? 'for an unknown reason';
    return fail('io', `no temporary directory can be made (${cause})`, { where: tmpdir() });
  }
  const demo = await createDemo(directory);
  if (!demo.ok) {
    await rm(directory, { recursive: true, force: true });
    return demo;
  }
  return ok({ ...demo.value, remove: () => rmSync(directory, { recursive: true, force: true }) });
}
