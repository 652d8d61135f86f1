import { expect, test } from 'vitest';
import { commonDirectory } from '../../src/ui/state/common-directory.ts';
import { fakeRepository } from './support/fake-session.ts';

test.each([
  [['secrets/a.age', 'secrets/hosts/b.age'], 'secrets/'],
  [['secrets/hosts/a.age', 'secrets/hosts/b.age'], 'secrets/hosts/'],
  [['secrets/a.age', 'secrets-old/b.age'], ''],
  [['a.age', 'secrets/b.age'], ''],
  [['secrets/a.age'], ''],
  [[], ''],
])('all of %j are in "%s"', (ids, directory) => {
  expect(commonDirectory(fakeRepository({ secrets: ids.map((id) => ({ id })) }))).toBe(directory);
});
