import type { KeyIndex, Session } from '../../app/session.ts';
import { show } from '../../core/safe-text.ts';
import type { Search, SearchHit } from '../../core/search.ts';
import type { SecretId } from '../../core/secret.ts';
import type { Hit } from './model.ts';
import { shownKey } from './select.ts';

/** Nobody looks further than this; typing on narrows. */
const limits = { filter: 1_000, palette: 50 } as const;

export interface Found {
  readonly hits: readonly Hit[];
  readonly hasMore: boolean;
}

/** Search over the present repository, built when it is first needed. */
export interface Finder {
  /** At once when the index is there, else when its code was loaded and it was built. */
  readonly find: (
    query: string,
    purpose: 'filter' | 'palette',
    within?: ReadonlySet<string>,
  ) => Found | Promise<Found>;
  /** Loads the code while nobody waits for it. */
  readonly warm: () => void;
  /** From now on the names of these keys are found too; `null` for none. Also when the repository changed. */
  readonly restart: (keys: KeyIndex | null) => void;
}

type Paths = ReadonlyMap<string, readonly string[]>;

/** Most secrets have no keys, and 10,000 empty maps take megabytes. */
const noPaths: Paths = new Map();

const pathsOf = (keys: readonly (readonly string[])[] | undefined): Paths =>
  keys ? new Map(keys.map((path) => [shownKey(path), path])) : noPaths;

export function createFinder(session: Session): Finder {
  let create: ((entries: Parameters<Module['createSearch']>[0]) => Search) | null = null;
  let search: Search | null = null;
  let keys: KeyIndex | null = null;
  let secrets = new Map<string, { readonly id: SecretId; readonly paths: Paths }>();

  const load = async (): Promise<void> => {
    const search = await import('../../core/search.ts');
    create = search.createSearch;
    // Until it is there nothing is forgiven; letters do not wait for it.
    await search.loadFuse();
  };

  const build = (): Search | null => {
    if (search || !create) return search;
    secrets = new Map(
      session.repository().secrets.map(({ id }) => [id, { id, paths: pathsOf(keys?.keys.get(id)) }]),
    );
    search = create(
      [...secrets.values()].map(({ id, paths }) => ({ id, text: show(id), keys: [...paths.keys()] })),
    );
    return search;
  };

  const asHit = ({ id, key, ranges }: SearchHit): Hit[] => {
    const secret = secrets.get(id);
    if (!secret) return [];
    if (key === undefined) return [{ id: secret.id, ranges }];
    const path = secret.paths.get(key);
    return path ? [{ id: secret.id, key, path, ranges }] : [];
  };

  const query = (text: string, purpose: 'filter' | 'palette', within?: ReadonlySet<string>): Found => {
    const found = build()?.query(text, limits[purpose] + 1, within) ?? [];
    return {
      hits: found.slice(0, limits[purpose]).flatMap(asHit),
      hasMore: found.length > limits[purpose],
    };
  };

  return {
    find: (...wanted) => (create ? query(...wanted) : load().then(() => query(...wanted))),
    // A failure to load comes back with the first search.
    warm: () => void load().catch(() => undefined),
    restart(newKeys) {
      keys = newKeys;
      search = null;
    },
  };
}

type Module = typeof import('../../core/search.ts');
