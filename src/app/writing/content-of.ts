import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Step } from '../../core/plan.ts';
import type { Recipient } from '../../core/recipient.ts';
import type { Repository } from '../../core/repository.ts';
import { sealFile } from '../../crypto/encrypt-file.ts';
import { verifySealedFile } from '../../crypto/verify-sealed-file.ts';
import { keptContent } from '../../store/transaction/history.ts';
import type { NewContent } from '../../store/transaction/stage-files.ts';
import type { PlaintextVault } from '../plaintext-vault.ts';

interface Sources {
  readonly root: string;
  readonly repository: Repository;
  readonly vault: PlaintextVault;
}

/** The new bytes of one step, and how to prove them once they are on disk. Errors: `damaged`, those of `sealFile`. */
export async function contentOf(
  step: Exclude<Step, { readonly do: 'delete' }>,
  sources: Sources,
): Promise<Outcome<NewContent>> {
  switch (step.do) {
    case 'encrypt':
      return encrypted(step, sources);
    case 'rewrite':
      return ok(exactly(new TextEncoder().encode(step.text)));
    case 'restore': {
      const kept = keptContent(sources.root, step.content);
      return kept.ok ? ok({ ...exactly(kept.value), mode: step.content.mode }) : kept;
    }
  }
}

async function encrypted(
  { value, readers, armored, path }: Step & { readonly do: 'encrypt' },
  { repository, vault }: Sources,
): Promise<Outcome<NewContent>> {
  const recipients: Recipient[] = [];
  for (const id of readers) {
    const known = repository.recipients.get(id);
    if (known === undefined)
      return fail('cannot-encrypt', 'its rules changed while it was planned', { where: path });
    recipients.push(known);
  }
  // A copy for the time of encrypting, which the loan does not outlast.
  const lent = vault.lend(value, (bytes) => Uint8Array.from(bytes));
  if (!lent.ok) return lent;
  const sealed = await sealFile(lent.value, recipients, { armor: armored });
  lent.value.fill(0);
  if (!sealed.ok) return { ok: false, error: { ...sealed.error, where: sealed.error.where ?? path } };
  const { file, fileKey } = sealed.value;
  return ok({
    bytes: file,
    verify(onDisk) {
      const verified = vault.lend(value, (plaintext) =>
        verifySealedFile(onDisk, { plaintext, recipients, armored, fileKey }),
      );
      fileKey.fill(0);
      return verified.ok ? verified.value : verified;
    },
  });
}

const exactly = (bytes: Uint8Array): NewContent => ({
  bytes,
  verify: (onDisk) =>
    Buffer.from(onDisk).equals(bytes)
      ? ok(null)
      : fail('damaged', 'the disk gave back other bytes than it was given', { hint: 'nothing was replaced' }),
});
