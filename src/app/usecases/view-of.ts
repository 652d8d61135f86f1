import type { ExtraReader } from '../../core/comparison.ts';
import { type FormerReaders, formerOf } from '../../core/former-readers.ts';
import type { AppError } from '../../core/outcome.ts';
import { dayOf } from '../../core/past-key.ts';
import type { RecipientId } from '../../core/recipient.ts';
import type { Repository } from '../../core/repository.ts';
import type { Readable, Secret } from '../../core/secret.ts';
import { parseRecipient } from '../../crypto/parse-recipient.ts';
import type { ExtraView, FormerView, KeyView, ProblemView, RecipientsView, SecretView } from './views.ts';

export function viewOfKey(repository: Repository, id: RecipientId): KeyView {
  const recipient = repository.recipients.get(id);
  const kind = recipient?.kind ?? parseRecipient(id).kind;
  return {
    name: recipient?.names[0]?.text ?? null,
    alias: recipient?.alias ?? repository.aliases?.get(id) ?? null,
    kind,
    key: id,
  };
}

export function viewOfProblem(error: AppError): ProblemView {
  const { code, says, hint, where } = error;
  return { code, says, hint: hint ?? null, where: where ?? null };
}

export function viewOfRecipients(repository: Repository, secret: Secret): RecipientsView {
  const keys = (ids: readonly RecipientId[]): readonly KeyView[] =>
    ids.map((id) => viewOfKey(repository, id));
  const { comparison } = secret;
  return {
    declared: keys(secret.declared),
    extra: (comparison?.extra ?? []).map((extra) => viewOfExtra(repository, extra)),
    missing: keys(comparison?.missing ?? []),
    missingAmong: {
      count: comparison?.missingAmong.count ?? 0,
      of: keys(comparison?.missingAmong.of ?? []),
    },
    unknown: comparison?.unknown ?? 0,
  };
}

export function viewOfSecret(repository: Repository, secret: Secret, readable: Readable): SecretView {
  const { id, backend, format, state, armored, size, rule, ruleProblem, problem } = secret;
  return {
    id,
    backend,
    format,
    state,
    readable,
    recipients: viewOfRecipients(repository, secret),
    armored,
    size,
    rule: rule ? { file: rule.rulesFile, key: rule.key, line: rule.at?.line ?? null } : null,
    ruleProblem: ruleProblem ? viewOfProblem(ruleProblem) : null,
    problem: problem ? viewOfProblem(problem) : null,
  };
}

export function viewOfExtra(repository: Repository, { kind, tag, recipient }: ExtraReader): ExtraView {
  const known = recipient && viewOfKey(repository, recipient);
  return {
    kind,
    tag: tag ?? null,
    name: known?.name ?? null,
    alias: known?.alias ?? null,
    key: known?.key ?? null,
  };
}

export function viewOfFormer(former: FormerReaders | null, extra: ExtraReader): readonly FormerView[] {
  const past = formerOf(former, extra);
  if (past === undefined || extra.tag === undefined) return [];
  const { name, file, commit, did, recipient } = past;
  const key = { kind: extra.kind, tag: extra.tag, name, key: recipient.id };
  return [{ ...key, file, commit, date: dayOf(past), did }];
}
