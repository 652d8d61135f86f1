// Opens a repository and its first COUNT secrets through the session, as the UI does, and lets go of each:
// `node … ROOT IDENTITY COUNT`. With 0 it is the start that the others are measured beyond.
import { openSession } from '../../src/app/open-session.ts';

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
  for (const { id } of session.value.repository().secrets.slice(0, Number(count))) {
    const opened = await session.value.open(id, async () => null);
    if (!opened.ok) throw new Error(`${id}: ${opened.error.says}`);
    bytes += opened.value.size;
    session.value.release(opened.value);
  }
  process.stdout.write(`${bytes}\n`);
}

// As src/main.ts ends: nothing that is left to do is waited for.
void openAll().then(() => process.exit());
