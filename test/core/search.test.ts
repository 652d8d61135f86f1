import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createSearch, type SearchEntry, type SearchHit } from '../../src/core/search.ts';
import { loadFuse } from '../../src/core/search-fuse.ts';

const entriesOf = (...texts: string[]): SearchEntry[] => texts.map((text) => ({ id: text, text }));
const names = (hits: readonly SearchHit[]): string[] =>
  hits.map(({ id, key }) => (key === undefined ? id : `${id}#${key}`));
const highlighted = (text: string, hit: SearchHit | undefined): string =>
  (hit?.ranges ?? []).map(([start, end]) => text.slice(start, end)).join('|');

const repository: SearchEntry[] = [
  ...entriesOf(
    'hosts/db1/postgres.age',
    'hosts/db2/postgres.age',
    'hosts/web1/postgres-ro.age',
    'hosts/web1/tls-key.age',
    'postgres/notes.age',
    'shared/Backup-Passphrase.age',
    'shared/wifi.age',
    'users/anna/mypostgres.age',
  ),
  { id: 'prod.yaml', text: 'prod.yaml', keys: ['db.password', 'db.replica', 'smtp.password'] },
];

describe('search before fuse.js is loaded', () => {
  it('finds by the scan alone and forgives nothing', async () => {
    vi.resetModules();
    const fresh = await import('../../src/core/search.ts');
    const search = fresh.createSearch(repository);
    expect(names(search.query('postgres', 3))[0]).toBe('hosts/db1/postgres.age');
    expect(search.query('psotgres', 9)).toEqual([]);
  });
});

describe('search', () => {
  beforeAll(loadFuse);

  it('looks only among those that are named, whatever was asked before', () => {
    const search = createSearch(repository);
    const among = new Set(['hosts/db2/postgres.age', 'shared/wifi.age']);
    expect(search.query('postgres', 10).length).toBeGreaterThan(1);
    expect(names(search.query('postgres', 10, among))).toEqual(['hosts/db2/postgres.age']);
    expect(names(search.query('postgrse', 1, among))).toEqual(['hosts/db2/postgres.age']);
    expect(names(search.query('', 10, among))).toEqual([...among]);
    expect(search.query('postgres', 10).length).toBeGreaterThan(1);
  });

  it('gives everything in its own order for an empty query, up to the limit', () => {
    const search = createSearch(repository);
    expect(names(search.query('', 2))).toEqual(['hosts/db1/postgres.age', 'hosts/db2/postgres.age']);
    expect(search.query('  ', 100)).toHaveLength(repository.length);
  });

  it('ranks the whole name over a whole folder, a start of the name, and a part of a word', () => {
    expect(names(createSearch(repository).query('postgres', 10))).toEqual([
      'hosts/db1/postgres.age',
      'hosts/db2/postgres.age',
      'postgres/notes.age',
      'hosts/web1/postgres-ro.age',
      'users/anna/mypostgres.age',
    ]);
  });

  it('finds words in any order and case, and letters scattered over a path', () => {
    const search = createSearch(repository);
    expect(names(search.query('post web', 10))).toEqual(['hosts/web1/postgres-ro.age']);
    expect(names(search.query('BACKUP pass', 10))).toEqual(['shared/Backup-Passphrase.age']);
    expect(names(search.query('hdbpg', 10))).toEqual(['hosts/db1/postgres.age', 'hosts/db2/postgres.age']);
  });

  it('leaves out letters that lie about where something holds what was typed', () => {
    const search = createSearch([
      ...entriesOf(
        'people/bob/diary.age',
        'hosts/borealis/telegraf.age',
        'backup/old-repo/gpg.age',
        'backup/borg-passphrase.age',
      ),
      { id: 'env.age', text: 'env.age', keys: ['BORG_REPO'] },
    ]);
    // The third is an acronym of what was typed, which somebody may have meant.
    expect(names(search.query('borg', 10))).toEqual([
      'backup/borg-passphrase.age',
      'env.age#BORG_REPO',
      'backup/old-repo/gpg.age',
    ]);
    expect(names(search.query('bdiar', 10))).toEqual(['people/bob/diary.age']);
    expect(names(search.query('bor', 10))).toContain('hosts/borealis/telegraf.age');
  });

  it('takes nothing for a typo that is spelt so somewhere', () => {
    const search = createSearch(entriesOf('mail/dovecot.age', 'mail/dovecat.age'));
    expect(names(search.query('dovecat', 10))).toEqual(['mail/dovecat.age']);
    expect(names(search.query('dovecut', 10))).toHaveLength(2);
  });

  it('finds keys inside a secret, alone and together with the name of the secret', () => {
    const search = createSearch(repository);
    expect(names(search.query('password', 10))).toEqual(['prod.yaml#db.password', 'prod.yaml#smtp.password']);
    expect(names(search.query('prod#db', 10))).toEqual(['prod.yaml#db.password', 'prod.yaml#db.replica']);
    const [hit] = search.query('prod smtp', 10);
    expect([hit?.key, highlighted('smtp.password', hit)]).toEqual(['smtp.password', 'smtp']);
  });

  it('says which letters matched', () => {
    const search = createSearch(repository);
    const text = 'hosts/web1/tls-key.age';
    expect(highlighted(text, search.query('tls', 1)[0])).toBe('tls');
    expect(highlighted(text, search.query('web key', 1)[0])).toBe('web|key');
    expect(highlighted(text, search.query('hwtk', 1)[0])).toBe('h|w|t|k');
  });

  it('forgives a typo when little else is found', () => {
    const search = createSearch(repository);
    expect(names(search.query('psotgres', 10)).slice(0, 2).sort()).toEqual([
      'hosts/db1/postgres.age',
      'hosts/db2/postgres.age',
    ]);
    expect(names(search.query('pasword smtp', 10))).toEqual(['prod.yaml#smtp.password']);
    expect(names(search.query('backup-pasphrese', 10))).toEqual(['shared/Backup-Passphrase.age']);
    expect(search.query('qqqqqq', 10)).toEqual([]);
  });

  it('keeps positions when lower case would change the length', () => {
    const text = 'İİ/wifi.age';
    const [hit] = createSearch(entriesOf(text)).query('wifi', 1);
    expect(highlighted(text, hit)).toBe('wifi');
  });

  it('finds nothing in nothing', () => {
    expect(createSearch([]).query('a', 10)).toEqual([]);
  });

  const word = fc.array(fc.constantFrom('a', 'b', 'c', '/', '-', '.', '1', 'É'), { maxLength: 10 });
  const texts = fc.array(fc.tuple(word, fc.array(word, { maxLength: 2 })), { maxLength: 30 });
  const query = fc.array(fc.constantFrom('a', 'b', 'c', ' ', '/', '#', '1', 'é'), { maxLength: 8 });
  const entries = (raw: readonly (readonly [string[], string[][]])[]): SearchEntry[] =>
    raw.map(([text, keys], index) => ({
      id: String(index),
      text: text.join(''),
      keys: keys.map((key) => key.join('')),
    }));

  it('finds the same letter by letter, and after deleting letters, as at once', () => {
    fc.assert(
      fc.property(texts, query, query, (raw, first, second) => {
        const search = createSearch(entries(raw));
        for (const letters of [first, second]) {
          for (let end = 0; end <= letters.length; end += 1) search.query(letters.slice(0, end).join(''), 50);
        }
        for (let end = second.length; end >= 0; end -= 1) {
          const q = second.slice(0, end).join('');
          expect(search.query(q, 50)).toEqual(createSearch(entries(raw)).query(q, 50));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('marks ranges that lie in the text, in order and apart, and cover letters of the query only', () => {
    fc.assert(
      fc.property(texts, query, (raw, letters) => {
        const all = entries(raw);
        const q = letters.join('');
        for (const hit of createSearch(all).query(q, 1000)) {
          const text = hit.key ?? all[Number(hit.id)]?.text ?? '';
          let last = -1;
          for (const [start, end] of hit.ranges) {
            expect(start).toBeGreaterThan(last);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            last = end;
            for (const letter of text.slice(start, end).toLowerCase())
              expect(q.toLowerCase()).toContain(letter);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('misses no text that holds the query, and names no hit twice', () => {
    fc.assert(
      fc.property(texts, query, (raw, letters) => {
        const all = entries(raw);
        const tokens = letters
          .join('')
          .toLowerCase()
          .split(/[\s#]+/)
          .filter((token) => token !== '');
        const hits = createSearch(all).query(letters.join(''), 1000);
        const found = names(hits);
        for (const [index, { text }] of all.entries()) {
          const holds = tokens.every((token) => text.toLowerCase().includes(token));
          if (holds) expect(found).toContain(String(index));
        }
        const keyless = found.filter((name) => !name.includes('#'));
        expect(new Set(keyless).size).toBe(keyless.length);
      }),
      { numRuns: 500 },
    );
  });
});
