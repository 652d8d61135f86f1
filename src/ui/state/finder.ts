import type { KeyIndex, Session } from '../../app/session.ts';
import { show } from '../../core/safe-text.ts';
import type { Search } from '../../core/search.ts';
import type { SecretId } from '../../core/secret.ts';
import type { Hit } from './model.ts';
import { shownKey } from './select.ts';

/** Hits that the palette lists below the commands. */
const paletteLimit = 50;

/** Search over the present repository, built when it is first needed. */
export interface Finder {
  /** At once when the index is there, else when its code was loaded and it was built. */
  readonly find: (
    query: string,
    purpose: 'filter' | 'palette',
    keys: KeyIndex | null,
  ) => readonly Hit[] | Promise<readonly Hit[]>;
  /** The names or keys changed. */
  readonly forget: () => void;
}

export function createFinder(session: Session): Finder {
  let create: typeof import('../../core/search.ts').createSearch | null = null;
  let search: Search | null = null;
  let ids = new Map<string, SecretId>();

  const build = (keys: KeyIndex | null, createSearch: NonNullable<typeof create>): Search => {
    const { secrets } = session.repository();
    ids = new Map(secrets.map(({ id }) => [id, id]));
    return createSearch(
      secrets.map(({ id }) => ({
        id,
        text: show(id),
        keys: (keys?.keys.get(id) ?? []).map(shownKey),
      })),
    );
  };

  const query = (ready: Search, text: string, limit: number, keys: KeyIndex | null): Hit[] =>
    ready.query(text, limit).flatMap((hit) => {
      const id = ids.get(hit.id);
      if (id === undefined) return [];
      if (hit.key === undefined) return [{ id, ranges: hit.ranges }];
      const path = keys?.keys.get(id)?.find((one) => shownKey(one) === hit.key);
      return path ? [{ id, key: hit.key, path, ranges: hit.ranges }] : [];
    });

  return {
    find(text, purpose, keys) {
      const limit =
        purpose === 'palette' ? paletteLimit : Math.max(1, session.repository().secrets.length * 2);
      if (create) {
        search ??= build(keys, create);
        return query(search, text, limit, keys);
      }
      return import('../../core/search.ts').then((module) => {
        create = module.createSearch;
        search ??= build(keys, create);
        return query(search, text, limit, keys);
      });
    },
    forget() {
      search = null;
    },
  };
}
