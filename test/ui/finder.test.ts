import { expect, test } from 'vitest';
import { createFinder } from '../../src/ui/state/finder.ts';
import { createFakeSession } from './support/fake-session.ts';

const session = createFakeSession({
  secrets: ['hosts/db1/postgres.age', 'hosts/web1/nginx.age', 'mail/dovecot.age'].map((id) => ({
    id,
    value: '',
  })),
});

test('a typo is forgiven when nothing is spelt that way', async () => {
  const found = await createFinder(session).find('postgrse', 'filter');
  expect(found.hits.map(({ id }) => id)).toEqual(['hosts/db1/postgres.age']);
});

test('what resembles nothing finds nothing', async () => {
  const found = await createFinder(session).find('qqqqqqqq', 'filter');
  expect(found).toEqual({ hits: [], hasMore: false });
});
