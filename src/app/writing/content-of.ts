import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { Step } from '../../core/plan.ts';
import type { Repository } from '../../core/repository.ts';
import { sealFile } from '../../crypto/encrypt-file.ts';
import { parseRecipient } from '../../crypto/parse-recipient.ts';
import { verifySealedFile } from '../../crypto/verify-sealed-file.ts';
import { copiedContent } from '../../store/transaction/copied-content.ts';
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
    case 'copy': {
      const copied = copiedContent(sources.root, step);
      return copied.ok ? ok({ ...exactly(copied.value.bytes), mode: copied.value.mode }) : copied;
    }
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
  // A reader of whom the rules make use for the first time is known by the key alone, which is the id.
  const recipients = readers.map((id) => repository.recipients.get(id) ?? parseRecipient(id));
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
