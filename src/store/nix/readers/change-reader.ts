import type { AppError } from '../../../core/outcome.ts';
import type { RulesInput } from '../read-rules.ts';
import { readRules } from '../read-rules.ts';
import { addReader } from './add-reader.ts';
import type { FilesEdit } from './file-edit.ts';
import { joinGroup, leaveGroup } from './group-members.ts';
import { handPlaces } from './hand-places.ts';
import { rulesBefore } from './prove-readers.ts';
import type { ReaderChange } from './reader-change.ts';
import { removeReader, renameReader, replaceReader } from './whole-reader.ts';
import { createWorkshop, type Workshop } from './workshop.ts';

/**
 * Changes a reader in the text of all rules files at once, and in the `.pub` files that they read; other text stays byte
 * for byte. What is returned was evaluated again: every entry has exactly the keys that are meant, and all else it had.
 * Nothing is written. Errors: `not-found`, `ambiguous`, `usage` (a name that is taken, nobody would be left),
 * `unsupported` for what cannot be proved, with the lines to edit by hand where they are known, and those of `readRules`.
 */
export function changeReader(inputs: readonly RulesInput[], change: ReaderChange): FilesEdit {
  const rules = [];
  for (const input of inputs) {
    const before = rulesBefore(input);
    if (before !== null) rules.push(before);
    else {
      const reading = readRules(input);
      const error: AppError = reading.ok
        ? { code: 'bad-rules', says: 'the rules cannot be evaluated as a whole' }
        : reading.error;
      return { ok: false, error, byHand: [] };
    }
  }
  const [first] = inputs;
  if (first === undefined)
    return { ok: false, error: { code: 'not-found', says: 'there are no rules' }, byHand: [] };
  const workshop = createWorkshop(first.files, rules);
  const result = carryOut(workshop, change);
  if (!('code' in result)) return { ok: true, value: result };
  const byHand = result.code === 'unsupported' ? byHandOf(workshop, first.root, change) : [];
  return { ok: false, error: { hint: 'edit the rules by hand', ...result }, byHand };
}

function carryOut(workshop: Workshop, change: ReaderChange): ReturnType<typeof addReader> {
  switch (change.kind) {
    case 'add':
      return addReader(workshop, change);
    case 'join':
      return joinGroup(workshop, change);
    case 'leave':
      return leaveGroup(workshop, change);
    case 'replace':
      return replaceReader(workshop, change);
    case 'rename':
      return renameReader(workshop, change);
    case 'remove':
      return removeReader(workshop, change);
  }
}

function byHandOf({ sources }: Workshop, root: string, change: ReaderChange): ReturnType<typeof handPlaces> {
  const none = new Set<string>();
  switch (change.kind) {
    case 'add':
      return handPlaces(
        root,
        sources,
        none,
        new Set(change.beside.slice(0, 1)),
        `${change.name} = "${change.key.text}"; beside it`,
      );
    case 'join':
      return handPlaces(root, sources, new Set([change.group]), none, change.name);
    case 'leave':
      return handPlaces(root, sources, new Set([change.name]), new Set(change.ids), '');
    case 'replace':
      return handPlaces(root, sources, none, new Set([change.old]), change.key.text);
    case 'rename':
      return handPlaces(root, sources, new Set([change.from]), none, change.to);
    case 'remove':
      return handPlaces(root, sources, new Set([change.name]), new Set(change.ids), '');
  }
}
