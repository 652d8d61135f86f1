import type { Change } from './change.ts';
import { counted } from './counted.ts';
import { fail, type Outcome, ok } from './outcome.ts';
import type { Plan, PlanBase, PlanWarning, Step } from './plan.ts';
import { readerChange } from './reader-change.ts';
import type { Repository } from './repository.ts';
import { sayReaderChange } from './say-reader-change.ts';
import type { Secret, SecretId } from './secret.ts';

/** What is on disk where a change wants to write. */
export interface FileFact {
  readonly path: string;
  /** Where the bytes are once links are followed, from the root. */
  readonly target: string;
  /** `null` when there is no file. */
  readonly sha256: string | null;
  /** Names that the file has; more than one are hard links. */
  readonly links: number;
}

export interface PlanFacts {
  readonly repository: Repository;
  /** By path: every file that a change names, and those that the rules were made from. */
  readonly files: ReadonlyMap<string, FileFact>;
  /** Writing to a file with several names takes it out of that group; only when somebody asked for it. */
  readonly breakHardLinks: boolean;
  /** Paths of the files that the rules were made from: they say for whom something is encrypted. */
  readonly rulesFrom: readonly string[];
}

/**
 * Turns changes into a plan, without touching anything. Errors: `not-found`, `refused` (hard link, two changes of one
 * file, a file of keyhole or git, a file where there must be none), `changed` (a file that was changed since it was read,
 * or since the write that is undone), `cannot-encrypt` (no rule says who may read it), `usage` (nothing to do).
 */
export function planChanges(changes: readonly Change[], facts: PlanFacts): Outcome<Plan> {
  if (changes.length === 0) return fail('usage', 'nothing to change');
  const secrets = new Map(facts.repository.secrets.map((secret) => [secret.id, secret]));
  const steps: Step[] = [];
  const warnings: PlanWarning[] = [];
  for (const change of changes) {
    const path = change.kind === 'put' ? change.secret : change.path;
    const fact = facts.files.get(path);
    if (fact === undefined) return fail('not-found', 'no such file', { where: path });
    const refused = refuse(fact, steps, facts) ?? refuseExisting(change, fact);
    if (refused) return refused;
    const step = stepFor(change, fact, facts.files, secrets);
    if (!step.ok) return step;
    steps.push(step.value);
    warnings.push(...warningsFor(change, fact, secrets, facts.repository));
  }
  return ok({ base: baseOf(facts, steps), steps, warnings });
}

function refuse(fact: FileFact, steps: readonly Step[], facts: PlanFacts): Outcome<never> | null {
  const where = fact.path;
  if (/(^|\/)\.(git|keyhole)(\/|$)/i.test(fact.target)) {
    return fail('refused', 'belongs to git or keyhole itself', { where });
  }
  const same = steps.find(({ target }) => target === fact.target);
  if (same) return fail('refused', `is the same file as ${same.path}, which changes too`, { where });
  if (fact.links > 1 && !facts.breakHardLinks) {
    return fail('refused', `has ${fact.links} names (hard links), and only this one would change`, {
      where,
      hint: '--break-hardlinks writes it all the same',
    });
  }
  return null;
}

function refuseExisting({ kind }: Change, { path, sha256 }: FileFact): Outcome<never> | null {
  const mustBeNew = kind === 'create' || kind === 'copy' || kind === 'add';
  return mustBeNew && sha256 !== null ? fail('refused', 'there is a file already', { where: path }) : null;
}

function stepFor(
  change: Change,
  fact: FileFact,
  files: PlanFacts['files'],
  secrets: ReadonlyMap<SecretId, Secret>,
): Outcome<Step> {
  const place = { path: fact.path, target: fact.target, before: fact.sha256 };
  switch (change.kind) {
    case 'put': {
      const secret = secrets.get(change.secret);
      if (secret === undefined) return fail('not-found', 'no such secret', { where: change.secret });
      if (change.instead !== undefined && change.instead !== fact.sha256) {
        return changedSince(fact.path);
      }
      // Nobody guesses readers: with a rule that cannot be used, nothing is written.
      if (secret.ruleProblem !== undefined) return { ok: false, error: secret.ruleProblem };
      if (secret.rule === undefined) {
        return fail('cannot-encrypt', 'no rule says who may read it', {
          where: change.secret,
          hint: 'add it to the rules file first',
        });
      }
      const readers = change.readers ?? secret.declared;
      if (readers.length === 0) {
        return fail('cannot-encrypt', 'its rule names no readers: nobody could open it', {
          where: change.secret,
        });
      }
      const exists = fact.sha256 !== null && secret.state !== 'damaged';
      const armored = exists ? secret.armored : (secret.rule.armor ?? false);
      const { value, size } = change;
      return ok({
        ...place,
        do: 'encrypt',
        secret: secret.id,
        value,
        size,
        readers,
        armored,
      });
    }
    case 'create': {
      const { value, size, readers, armored } = change;
      return ok({
        ...place,
        do: 'encrypt',
        secret: change.path as SecretId,
        value,
        size,
        readers,
        armored,
      });
    }
    case 'copy': {
      const from = files.get(change.from);
      return from === undefined || from.sha256 === null
        ? fail('not-found', 'there is no such file', { where: change.from })
        : ok({ ...place, do: 'copy', from: from.target, sha256: from.sha256 });
    }
    case 'remove':
      if (fact.target !== fact.path) {
        return fail('refused', `is a link to ${fact.target}: which of the two is meant is not clear`, {
          where: fact.path,
          hint: 'remove one of them by hand',
        });
      }
      return fact.sha256 === null
        ? fail('not-found', 'there is no such file', { where: fact.path })
        : ok({ ...place, do: 'delete' });
    case 'rewrite':
      return change.instead === fact.sha256
        ? ok({ ...place, do: 'rewrite', text: change.text })
        : changedSince(fact.path);
    case 'add':
      return ok({ ...place, do: 'rewrite', text: change.text });
    case 'restore':
      if (fact.sha256 !== change.instead) {
        return fail('changed', 'was changed after the write that is to be undone', {
          where: fact.path,
          hint: 'git has older versions: git log -p',
        });
      }
      return ok(
        change.content === null
          ? { ...place, do: 'delete' }
          : { ...place, do: 'restore', content: change.content },
      );
  }
}

const changedSince = (where: string): Outcome<never> =>
  fail('changed', 'was changed since it was read', {
    where,
    hint: 'look at it and try again; nothing was written over it',
  });

function warningsFor(
  change: Change,
  fact: FileFact,
  secrets: ReadonlyMap<SecretId, Secret>,
  repository: Repository,
): readonly PlanWarning[] {
  const { path, target } = fact;
  const warnings: PlanWarning[] = [];
  const warn = (code: PlanWarning['code'], says: string): void => void warnings.push({ code, path, says });
  if (target !== path) warn('through-link', `is a link: ${target} is what changes`);
  if (fact.links > 1) {
    const keep = fact.links === 2 ? 'keeps' : 'keep';
    const others = `${counted(fact.links - 1, 'other name')} (hard link) ${keep} the old content`;
    warn('breaks-hard-link', `${others}, and undo does not join them again`);
  }
  const secret = change.kind === 'put' ? secrets.get(change.secret) : undefined;
  if (change.kind !== 'put' || secret === undefined || fact.sha256 === null) return warnings;
  if (secret.state === 'damaged') warn('replaces-damaged', 'what is there cannot be read, and is replaced');
  const { readers = secret.declared, meant = [] } = change;
  const said =
    meant === 'all' ? null : sayReaderChange(readerChange(repository, secret, readers), meant, repository);
  if (said !== null) warn('changes-readers', said);
  return warnings;
}

/** The files that are written or copied, and those that say for whom. */
function baseOf(facts: PlanFacts, steps: readonly Step[]): PlanBase {
  const rules = steps.some((step) => step.do === 'encrypt') ? facts.rulesFrom : [];
  const sources = steps.flatMap((step) => (step.do === 'copy' ? [step.from] : []));
  const paths = [...new Set([...steps.map(({ path }) => path), ...sources, ...rules])];
  const files = paths.flatMap((path) => {
    const fact = facts.files.get(path);
    return fact === undefined ? [] : [{ path, sha256: fact.sha256 }];
  });
  return { head: facts.repository.git?.head ?? null, files };
}
