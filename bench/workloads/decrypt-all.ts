// Opens a repository and its first COUNT secrets through the session, as the UI does, and lets go of each:
// `node … ROOT IDENTITY COUNT`. With 1 it is the start that the others are measured beyond.
import { openSession } from '../../src/app/open-session.ts';
import { sideBySide } from '../../src/app/side-by-side.ts';
import type { Secret } from '../../src/core/secret.ts';

async function openAll(): Promise<void> {
  const [root = '.', identity = '', count = '0'] = process.argv.slice(2);
  const session = await openSession({
    path: root,
    rulesFiles: [],
    identityFiles: [identity],
    defaultIdentities: false,
    env: process.env,
  });
  if (!session.ok) throw new Error(session.error.says);
  let bytes = 0;
  const secrets = session.value.repository().secrets.slice(0, Number(count));
  const openOne = async ({ id }: Secret) => {
    const opened = await session.value.open(id, async () => null);
    if (!opened.ok) throw new Error(`${id}: ${opened.error.says}`);
    session.value.release(opened.value);
    return opened.value.size;
  };
  for await (const sizes of sideBySide(secrets, openOne)) bytes += sizes.reduce((sum, size) => sum + size, 0);
  process.stdout.write(`${bytes}\n`);
}

// As src/main.ts ends: nothing that is left to do is waited for.
void openAll().then(() => process.exit());
