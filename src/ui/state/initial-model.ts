import type { Repository } from '../../core/repository.ts';
import { noMarks } from './marks.ts';
import { browserView, emptyFilter, type Model } from './model.ts';

/** The list of everything, with nothing open and nothing asked yet. */
export function initialModel(
  repository: Repository,
  size: { readonly columns: number; readonly rows: number },
  now: number,
): Model {
  return {
    ...size,
    repository,
    identities: null,
    emptyPlaces: [],
    readable: new Map(),
    surveyed: 0,
    isLocked: false,
    askedKey: null,
    isUnlocking: false,
    note: null,
    filter: emptyFilter,
    lastQuery: '',
    lines: repository.secrets.map(({ id }) => ({ id, ranges: [] })),
    cursor: 0,
    marks: noMarks,
    top: 0,
    pane: 'list',
    view: browserView,
    opened: null,
    isUnfolded: false,
    revealed: null,
    editor: null,
    naming: null,
    matrix: null,
    outside: null,
    form: null,
    ownWrites: { undo: 0, redo: 0 },
    factsTop: 0,
    lastChanges: new Map(),
    gitStates: null,
    uses: null,
    former: null,
    keyIndex: { kind: 'none' },
    toast: null,
    copying: '',
    clipboardClearsAt: null,
    now,
    prefix: '',
    typedAhead: [],
    waiting: {},
    lastRequest: 0,
  };
}
