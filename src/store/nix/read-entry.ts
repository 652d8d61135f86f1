import type { SourcePosition } from '../../core/recipient.ts';
import { decodeText, readable } from './byte-string.ts';
import { asList, asString } from './coerce.ts';
import { force } from './evaluate.ts';
import { charge, fail, isThunk } from './machine.ts';
import { passedBy } from './origin.ts';
import { type Described, describeKey, type KeyLine, positionIn } from './provenance.ts';
import type { DeclaredKey, RulesEntry } from './rules-reading.ts';
import { typeName } from './type-name.ts';
import type { Chain, Machine, NixString, Slot } from './value.ts';

/** Splits as agenix does (`jq -r | while read`): every line is a key, blank ones are nothing. */
function linesOf(machine: Machine, value: NixString, passed: Chain | null): readonly KeyLine[] {
  const found: KeyLine[] = [];
  let offset = 0;
  const lines = value.text.split('\n');
  charge(machine, lines.length);
  for (const raw of lines) {
    const text = raw.trim();
    if (text !== '') found.push({ text, value, offset, alone: true, passed });
    offset += raw.length + 1;
  }
  return found.length > 1 ? found.map((line) => ({ ...line, alone: false })) : found;
}

function keysOf(machine: Machine, root: string, slot: Slot, described: Described): readonly DeclaredKey[] {
  const list = asList(machine, slot);
  return list.items.flatMap((item, index) => {
    const value = asString(machine, item);
    const lines = linesOf(machine, value, passedBy(list, index));
    return lines.map((line) => {
      if (decodeText(line.text) === null) fail(machine, 'failed', 'a public key is not UTF-8');
      return describeKey(root, line, described);
    });
  });
}

/** Where an entry is written; unknown for one made by a function. */
export function placeOfEntry(root: string, slot: Slot): SourcePosition | null {
  const label = isThunk(slot) ? slot.label : null;
  return label === null || label.source === null ? null : positionIn(root, label.source, label.start);
}

/**
 * One rule. Throws `NixFailure` when it cannot be used; null when the attribute is no rule at all.
 *
 * @param described what is known of keys already, from one entry to the next; filled here
 */
export function readEntry(
  machine: Machine,
  root: string,
  name: string,
  slot: Slot,
  described: Described,
): RulesEntry | null {
  machine.at = isThunk(slot) ? slot.expression : null;
  const value = force(machine, slot);
  if (typeof value !== 'object' || value?.kind !== 'attributes') return null;
  const declared = value.entries.get('publicKeys');
  if (declared === undefined) return null;
  const key = decodeText(name);
  if (key === null) return fail(machine, 'failed', 'the name of a rule is not UTF-8');
  const publicKeys = keysOf(machine, root, declared, described);
  if (publicKeys.length === 0) {
    return fail(machine, 'failed', `${readable(name)} has no public keys, so nobody could read it`);
  }
  const armor = value.entries.get('armor');
  const armored = armor === undefined ? null : force(machine, armor);
  if (armored !== null && typeof armored !== 'boolean') {
    fail(machine, 'failed', `armor is a ${typeName(armored)}, not a boolean`);
  }
  const at = placeOfEntry(root, slot);
  return {
    key,
    ...(at === null ? {} : { at }),
    ...(armored === null ? {} : { armor: armored === true }),
    publicKeys,
  };
}
