import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import type { ReaderEdit } from '../../../src/store/nix/edit/edit-readers.ts';
import {
  editReadersTogether,
  type ReadersTogether,
} from '../../../src/store/nix/edit/edit-readers-together.ts';
import type { RecipientOffer } from '../../../src/store/nix/edit/rules-change.ts';
import { alice, bob, inputOf, web1 } from './rules-bench.ts';

const rules = `let
  alice = "${alice}";
  bob = "${bob}"; # at the desk
  web1 = "${web1}";
  team = [ alice bob ];
in {
  "a.age".publicKeys = [ alice bob ]; # first
  "b.age".publicKeys = [
    alice # always
    bob
  ];
  "c.age".publicKeys = team ++ [ web1 ];
  "d.age".publicKeys = [ alice ];
}
`;

const offers: Readonly<Record<string, RecipientOffer>> = {
  bob: { text: 'bob', kind: 'key', keys: [bob], uses: 0 },
  web1: { text: 'web1', kind: 'key', keys: [web1], uses: 0 },
  nobody: { text: 'nobody', kind: 'key', keys: [web1], uses: 0 },
};
const edit = (to: ReaderEdit['to'], reader: string, key: string): ReaderEdit => ({
  key,
  to,
  readers: [offers[reader] ?? { text: reader, kind: 'key', keys: [], uses: 0 }],
});
const textOf = ({ files: [file] }: ReadersTogether): string | null =>
  file === undefined ? null : Buffer.from(file.after).toString();

test('edits of many entries are made at once, each in its own text', () => {
  const done = editReadersTogether(inputOf(rules), [
    edit('revoke', 'bob', 'a.age'),
    edit('revoke', 'bob', 'b.age'),
    edit('revoke', 'web1', 'c.age'),
    edit('grant', 'web1', 'd.age'),
  ]);
  expect(done.rest).toEqual([]);
  expect(textOf(done)).toBe(
    rules
      .replace('[ alice bob ]; # first', '[ alice ]; # first')
      .replace('    bob\n', '')
      .replace('team ++ [ web1 ]', 'team')
      .replace('"d.age".publicKeys = [ alice ]', '"d.age".publicKeys = [ alice web1 ]'),
  );
});

test('what comes with a list, what is so already and several edits of one entry are left to the rest', () => {
  const rest = [
    edit('revoke', 'bob', 'c.age'),
    edit('grant', 'bob', 'a.age'),
    edit('grant', 'web1', 'b.age'),
    edit('revoke', 'bob', 'b.age'),
    edit('revoke', 'bob', 'no.age'),
  ];
  const done = editReadersTogether(inputOf(rules), [edit('grant', 'web1', 'd.age'), ...rest]);
  expect(done.rest).toEqual(rest);
  expect(textOf(done)).toContain('"d.age".publicKeys = [ alice web1 ]');
});

test('where the whole does not evaluate to what was meant, nothing is done', () => {
  const edits = [edit('grant', 'web1', 'd.age'), edit('grant', 'nobody', 'a.age')];
  expect(editReadersTogether(inputOf(rules), edits)).toEqual({ files: [], rest: edits });
});
