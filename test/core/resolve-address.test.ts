import { describe, expect, it } from 'vitest';
import { resolveAddress } from '../../src/core/resolve-address.ts';
import { repositoryOf, secretOf } from './repository-of.ts';

const repository = repositoryOf(
  [
    'db.age',
    'hosts/db1/postgres.age',
    'hosts/db2/postgres.age',
    'hosts/web/api.age',
    'hosts/web/db.age',
    'odd#name.age',
    'odd',
    'shared/wifi',
  ].map((id) => secretOf(id)),
);
const resolve = (text: string, cwd: string | null = '', allowSuffix = true): unknown => {
  const resolved = resolveAddress(repository, text, cwd, allowSuffix);
  return resolved.ok ? resolved.value : resolved.error.code;
};

describe('finding the secret somebody means', () => {
  it('takes a path from the root, from the working directory, or an absolute one', () => {
    expect(resolve('hosts/web/api.age')).toEqual({ id: 'hosts/web/api.age' });
    expect(resolve('api.age', 'hosts/web', false)).toEqual({ id: 'hosts/web/api.age' });
    expect(resolve('../web/./api.age', 'hosts/db1', false)).toEqual({ id: 'hosts/web/api.age' });
    expect(resolve('/repo/db.age', null, false)).toEqual({ id: 'db.age' });
    expect(resolve('/elsewhere/db.age')).toBe('not-found');
    expect(resolve('../../../db.age', 'hosts')).toBe('not-found');
  });

  it('asks when root and working directory both have one, and obeys ./ and the absolute path', () => {
    expect(resolve('db.age', 'hosts/web', false)).toBe('ambiguous');
    expect(resolve('./db.age', 'hosts/web', false)).toEqual({ id: 'hosts/web/db.age' });
    expect(resolve('/repo/db.age', 'hosts/web', false)).toEqual({ id: 'db.age' });
  });

  it('takes a unique end of the path where that is allowed, with or without .age', () => {
    expect(resolve('db1/postgres.age')).toEqual({ id: 'hosts/db1/postgres.age' });
    expect(resolve('db1/postgres')).toEqual({ id: 'hosts/db1/postgres.age' });
    expect(resolve('wifi#psk', null)).toEqual({ id: 'shared/wifi', key: ['psk'] });
    expect(resolve('postgres.age')).toBe('ambiguous');
    expect(resolve('gres.age')).toBe('not-found');
    expect(resolve('db1/postgres.age', '', false)).toBe('not-found');
  });

  it('says what to write instead when an end of the path is not enough', () => {
    const refused = resolveAddress(repository, 'wifi', '', false);
    expect(refused.ok ? null : refused.error.hint).toBe('write the whole path: shared/wifi');
    const ambiguous = resolveAddress(repository, 'postgres', '', true);
    expect(ambiguous.ok ? null : ambiguous.error.hint).toContain(
      'hosts/db1/postgres.age, hosts/db2/postgres.age',
    );
  });

  it('prefers the file whose name holds the # over a key of a shorter one', () => {
    expect(resolve('odd#name.age')).toEqual({ id: 'odd#name.age' });
    expect(resolve('odd#name.age#k')).toEqual({ id: 'odd#name.age', key: ['k'] });
    expect(resolve('"odd#name.age"#k')).toEqual({ id: 'odd#name.age', key: ['k'] });
    expect(resolve('odd#name')).toEqual({ id: 'odd', key: ['name'] });
  });

  it('keeps key and file apart', () => {
    expect(resolve('db.age#')).toEqual({ id: 'db.age', key: [] });
    expect(resolve('db.age#a."b.c"')).toEqual({ id: 'db.age', key: ['a', 'b.c'] });
    expect(resolve('db.age#a..b')).toBe('usage');
    expect(resolve('nothing.age#a')).toBe('not-found');
    expect(resolve('')).toBe('usage');
  });
});
