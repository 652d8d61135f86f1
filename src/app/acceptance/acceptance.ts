import {
  type AcceptedReader,
  acceptedAfter,
  type UnseenReader,
  unseenReader,
} from '../../core/accepted-readers.ts';
import { counted } from '../../core/counted.ts';
import { firstFew } from '../../core/first-few.ts';
import { fail, type Outcome, ok } from '../../core/outcome.ts';
import type { PlanWarning, Step } from '../../core/plan.ts';
import type { RecipientId, SourcePosition } from '../../core/recipient.ts';
import type { Repository } from '../../core/repository.ts';
import type { RepositoryReading } from '../../store/open-repository.ts';
import { acceptanceFile, readAcceptance, writeAcceptance } from './acceptance-file.ts';

/** Whom the user accepted as readers of a repository, so that a key which somebody else put into its rules is noticed. */
export interface Acceptance {
  /** A warning for each key that something would be encrypted to and nobody accepted. Error: `bad-rules`. */
  doubts(steps: readonly Step[]): Outcome<readonly PlanWarning[]>;
  /** Whether everybody was accepted, before or now. Errors: `unseen-recipient`, `bad-rules`. */
  check(steps: readonly Step[], accept: ReadonlySet<RecipientId>): Outcome<null>;
  /** After a write: those it was for are accepted. Gives what there is to say about that. */
  remember(steps: readonly Step[]): readonly string[];
}

/** @param directory where the lists are, absolute */
export function createAcceptance(directory: string, reading: () => RepositoryReading): Acceptance {
  const { root } = reading().repository;
  const file = acceptanceFile(directory, root);

  const unseen = (steps: readonly Step[]): Outcome<ReadonlyMap<UnseenReader, readonly Step[]>> => {
    const files = filesByReader(steps);
    if (files.size === 0) return ok(new Map());
    const { repository, ruled } = reading();
    const read = readAcceptance(file, root);
    if (!read.ok) return read;
    // The first use accepts whom the rules name.
    const accepted = read.value ?? firstReaders(ruled.keys);
    const found = new Map<UnseenReader, readonly Step[]>();
    for (const [id, some] of files) {
      const reader = unseenReader(accepted, id, repository.recipients.get(id));
      if (reader !== null) found.set(reader, some);
    }
    return ok(found);
  };

  return {
    doubts(steps) {
      const found = unseen(steps);
      if (!found.ok) return found;
      return ok([...found.value].map(([reader, some]) => warningOf(reading().repository, reader, some)));
    },
    check(steps, accept) {
      const found = unseen(steps);
      if (!found.ok) return found;
      const [first] = [...found.value].filter(([{ id }]) => !accept.has(id));
      if (first === undefined) return ok(null);
      const { path, says } = warningOf(reading().repository, ...first);
      return fail('unseen-recipient', says, { where: path });
    },
    remember(steps) {
      const written = [...filesByReader(steps).keys()];
      if (written.length === 0) return [];
      const before = readAcceptance(file, root);
      if (!before.ok) return [`not remembered: ${before.error.says}`];
      const { repository, ruled } = reading();
      const { recipients } = repository;
      const after = acceptedAfter({
        accepted: before.value,
        ruled: ruled.keys,
        isWhole: ruled.isWhole,
        written,
        recipients,
      });
      if (JSON.stringify(after) === JSON.stringify(before.value)) return [];
      const kept = writeAcceptance(file, root, after);
      if (!kept.ok) {
        const { where, says, hint } = kept.error;
        const why = `${where} ${says}${hint ? `; ${hint}` : ''}`;
        return [`who may read here cannot be remembered, and a new reader will not be noticed: ${why}`];
      }
      if (before.value !== null) return [];
      const many = counted(after.length, 'reader');
      return [`first write here: ${many} of the rules accepted; a new one will be asked about`];
    },
  };
}

const firstReaders = (keys: ReadonlySet<RecipientId>): readonly AcceptedReader[] =>
  [...keys].map((key) => ({ key, names: [], isGone: false }));

/** Only what is encrypted reaches somebody anew: bytes that are copied or put back have the readers that they had. */
function filesByReader(steps: readonly Step[]): ReadonlyMap<RecipientId, readonly Step[]> {
  const files = new Map<RecipientId, Step[]>();
  for (const step of steps) {
    if (step.do !== 'encrypt') continue;
    for (const id of new Set(step.readers)) files.set(id, [...(files.get(id) ?? []), step]);
  }
  return files;
}

function warningOf(repository: Repository, reader: UnseenReader, steps: readonly Step[]): PlanWarning {
  const { id, taken, isRenamed, isBack } = reader;
  const recipient = repository.recipients.get(id);
  const at = recipient?.names.find((name) => name.at)?.at ?? ruleOf(repository, steps);
  const name = recipient?.alias ?? recipient?.names[0]?.text ?? 'without a name';
  const news = isBack
    ? `the reader ${name} is back, after the rules left it out`
    : isRenamed
      ? `the reader ${name} has another key than before`
      : `a reader is new: ${name}`;
  const [first, ...others] = steps.map(({ path }) => path);
  const also = others.length === 0 ? '' : `, as would ${firstFew(others, 5)}`;
  return {
    code: 'unseen-recipient',
    path: first ?? '',
    says: `${news}${at ? ` (${at.file}:${at.line})` : ''}, whose key is ${id}${also}`,
    recipient: { id, taken },
  };
}

const ruleOf = ({ secrets }: Repository, [step]: readonly Step[]): SourcePosition | undefined =>
  secrets.find(({ id }) => id === step?.path)?.rule?.at;
