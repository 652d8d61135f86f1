import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSession } from '../../src/app/open-session.ts';
import type { Session } from '../../src/app/session.ts';
import { applyPlan } from '../../src/app/usecases/apply-plan.ts';
import { prepareRemove } from '../../src/app/usecases/prepare-remove.ts';
import { prepareReversal } from '../../src/app/usecases/prepare-reversal.ts';
import { prepareSet } from '../../src/app/usecases/prepare-set.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import type { Plan } from '../../src/core/plan.ts';
import type { SecretId } from '../../src/core/secret.ts';
import { encrypted, member, rulesFor } from '../support/agenix-repository.ts';
import { git, gitRepository } from '../support/git-repository.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const alice = member('alice');
const names = ['a.age', 'dir/b.age', 'c.age'] as const;
const all = [...names, 'secrets.nix'];

async function house(): Promise<{ root: string; open: () => Promise<Session> }> {
  const root = path.join(temporaryDirectory(), 'repository');
  mkdirSync(root);
  const files: Record<string, string | Uint8Array> = {
    'secrets.nix': rulesFor([alice], Object.fromEntries(names.map((name) => [name, [alice]]))),
  };
  for (const name of names) files[name] = await encrypted(`value of ${name}`, [alice]);
  gitRepository(files, root);
  const key = path.join(temporaryDirectory(), 'key');
  writeFileSync(key, alice.privateFile);
  const options = {
    path: root,
    rulesFiles: [],
    identityFiles: [key],
    defaultIdentities: false,
    env: {},
    stateDirectory: temporaryDirectory(),
  };
  const open = async (): Promise<Session> => {
    const session = await openSession(options);
    if (!session.ok) throw new Error(session.error.says);
    onTestFinished(() => session.value.lock());
    return session.value;
  };
  return { root, open };
}

const contents = (root: string): Readonly<Record<string, string | null>> =>
  Object.fromEntries(
    all.map((file) => {
      const full = path.join(root, file);
      return [file, existsSync(full) ? readFileSync(full, 'base64') : null];
    }),
  );

const set = (session: Session, name: string, value: string) =>
  prepareSet(session, {
    id: name as SecretId,
    value: Buffer.from(value),
    finalNewline: 'exact',
    allowEmpty: true,
    anyFormat: true,
    breakHardLinks: false,
    ask: async () => null,
  });

async function apply(
  session: Session,
  prepared: Outcome<{ readonly plan: Plan | null; readonly label: string }>,
  kind: 'write' | 'undo' | 'redo',
): Promise<boolean> {
  if (!prepared.ok || prepared.value.plan === null) return false;
  const applied = await applyPlan(session, prepared.value.plan, { kind, label: prepared.value.label });
  if (!applied.ok) throw new Error(applied.error.says);
  return true;
}

type Act =
  | { readonly act: 'set'; readonly name: string; readonly value: string }
  | { readonly act: 'rm'; readonly names: readonly string[] }
  | { readonly act: 'undo' }
  | { readonly act: 'redo' };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    act: fc.constant('set' as const),
    name: fc.constantFrom(...names),
    value: fc.string({ maxLength: 8 }),
  }),
  fc.record({ act: fc.constant('rm' as const), names: fc.subarray([...names], { minLength: 1 }) }),
  fc.constantFrom({ act: 'undo' } as const, { act: 'undo' } as const, { act: 'redo' } as const),
);

describe('any sequence of writes, undos and redos', () => {
  test('leaves what a pile of snapshots says, byte for byte, also across restarts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 10 }), async (acts) => {
        const { root, open } = await house();
        // The model: what stood before each write that stands, and what stood before each undo.
        const undone: Readonly<Record<string, string | null>>[] = [];
        const standing: Readonly<Record<string, string | null>>[] = [];
        for (const one of acts) {
          const session = await open();
          const before = contents(root);
          if (one.act === 'undo' || one.act === 'redo') {
            const [from, to] = one.act === 'undo' ? [standing, undone] : [undone, standing];
            const wanted = from.pop();
            const did = await apply(session, await prepareReversal(session, one.act), one.act);
            expect(did).toBe(wanted !== undefined);
            expect(contents(root)).toEqual(wanted ?? before);
            if (wanted) to.push(before);
            continue;
          }
          const prepared =
            one.act === 'set'
              ? await set(session, one.name, one.value)
              : await prepareRemove(session, {
                  ids: one.names as SecretId[],
                  keepRules: false,
                  keepPublic: false,
                  breakHardLinks: false,
                });
          if (await apply(session, prepared, 'write')) {
            standing.push(before);
            undone.length = 0;
          } else expect(contents(root)).toEqual(before);
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});

describe('a session that was opened long ago', () => {
  const bob = member('bob');
  const readersOf = (root: string): number =>
    readFileSync(path.join(root, 'a.age'), 'latin1')
      .split('\n')
      .filter((line) => line.startsWith('-> ')).length;

  test.each([
    [
      'its rules',
      (root: string) =>
        writeFileSync(
          path.join(root, 'secrets.nix'),
          rulesFor([alice, bob], Object.fromEntries(names.map((name) => [name, [alice, bob]]))),
        ),
    ],
    [
      'a file that its rules read',
      (root: string) => writeFileSync(path.join(root, 'keys.nix'), keys([alice, bob])),
    ],
    [
      'a directory that its rules read',
      (root: string) => writeFileSync(path.join(root, 'keys/bob.pub'), bob.publicLine),
    ],
  ])('writes for the readers of today after somebody changed %s', async (_, change) => {
    const { root, open } = await house();
    const readKeys =
      'map (f: builtins.readFile (./keys + "/${f}")) (builtins.attrNames (builtins.readDir ./keys))';
    const body = names.map((name) => `  "${name}".publicKeys = import ./keys.nix ++ ${readKeys};`).join('\n');
    mkdirSync(path.join(root, 'keys'));
    writeFileSync(path.join(root, 'keys/alice.pub'), alice.publicLine);
    writeFileSync(path.join(root, 'keys.nix'), keys([alice]));
    writeFileSync(path.join(root, 'secrets.nix'), `{\n${body}\n}\n`);
    const session = await open();
    await new Promise((resolve) => setTimeout(resolve, 50));
    change(root);
    expect(await apply(session, await set(session, 'a.age', 'new'), 'write')).toBe(true);
    expect(readersOf(root)).toBe(2);
  });

  test('does not write over a secret that somebody changed after its value was read', async () => {
    const { root, open } = await house();
    const session = await open();
    const opened = await session.open('a.age' as SecretId, async () => null);
    if (!opened.ok) throw new Error(opened.error.says);
    writeFileSync(path.join(root, 'a.age'), await encrypted('theirs', [alice]));
    const writer = await session.writer();
    const change = {
      kind: 'put',
      secret: 'a.age' as SecretId,
      value: writer.hold(Buffer.from('x')),
      size: 1,
    } as const;
    const { file } = opened.value;
    expect(await writer.plan([{ ...change, instead: file }])).toMatchObject({
      ok: false,
      error: { code: 'changed' },
    });
    expect(await writer.plan([change])).toMatchObject({ ok: true });
  });

  const keys = (members: readonly { readonly publicLine: string }[]): string =>
    `[ ${members.map(({ publicLine }) => `"${publicLine}"`).join(' ')} ]\n`;
});

describe('a plan', () => {
  async function planned(): Promise<{ root: string; session: Session; plan: Plan }> {
    const { root, open } = await house();
    const session = await open();
    const prepared = await set(session, 'a.age', 'new');
    if (!prepared.ok || prepared.value.plan === null) throw new Error('nothing was planned');
    return { root, session, plan: prepared.value.plan };
  }

  const whenApplied = async (session: Session, plan: Plan): Promise<string> => {
    const applied = await applyPlan(session, plan, { kind: 'write', label: 'a test' });
    return applied.ok ? 'applied' : applied.error.code;
  };

  test('holds no value and is plain JSON', async () => {
    const { plan } = await planned();
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    expect(JSON.stringify(plan)).not.toContain('new');
  });

  test.each([
    ['the file it is about', (root: string) => writeFileSync(path.join(root, 'a.age'), 'theirs')],
    ['the rules that say for whom', (root: string) => writeFileSync(path.join(root, 'secrets.nix'), '{ }')],
    ['the commit it was made on', (root: string) => git(root, 'commit', '--allow-empty', '-qm', 'another')],
  ])('is not applied any more when somebody changed %s', async (_, change) => {
    const { root, session, plan } = await planned();
    change(root);
    const before = contents(root);
    expect(await whenApplied(session, plan)).toBe('changed');
    expect(contents(root)).toEqual(before);
  });

  test('is applied once', async () => {
    const { session, plan } = await planned();
    expect(await whenApplied(session, plan)).toBe('applied');
    expect(await whenApplied(session, plan)).toBe('changed');
  });
});
