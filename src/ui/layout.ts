/** A rectangle of cells; `x` and `y` count from the top left corner of the screen. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LayoutInput {
  readonly columns: number;
  readonly rows: number;
  /** Where the keys go; decides what a single pane shows. */
  readonly pane: 'list' | 'value' | 'facts';
  /** A revealed value gets more room than a mask. */
  readonly isRevealed: boolean;
}

/** Where everything is. Windowing, drawing and the hardware cursor use these same numbers. */
export interface Layout {
  readonly kind: 'too-small' | 'one' | 'stack' | 'two' | 'three';
  readonly columns: number;
  readonly rows: number;
  /** Whether panes have borders, which cost a cell on each side. */
  readonly isFramed: boolean;
  /** Between the filter line and the status line. */
  readonly body: Rect;
  readonly list: Rect | null;
  readonly value: Rect | null;
  /** `null` where there is no room: the value pane then sums the facts up, and they take its place when focused. */
  readonly facts: Rect | null;
}

const minColumns = 24;
const minRows = 6;
/** Header, filter, status and key bar. */
const linesAround = 4;
const previewHeight = 8;

/** Pure: the same terminal and focus give the same rectangles. */
export function layout({ columns, rows, pane, isRevealed }: LayoutInput): Layout {
  const body: Rect = { x: 0, y: 2, width: columns, height: Math.max(0, rows - linesAround) };
  const base = { columns, rows, isFramed: rows >= 10, body };
  if (columns < minColumns || rows < minRows) {
    return { ...base, kind: 'too-small', list: null, value: null, facts: null };
  }
  if (columns >= 120) return { ...base, kind: 'three', ...threePanes(body) };
  if (columns >= 80) {
    const list = { ...body, width: Math.floor(columns * 0.575) };
    const right = { ...body, x: list.width, width: columns - list.width };
    return { ...base, kind: 'two', list, ...detail(right, pane, isRevealed) };
  }
  if (columns >= 60 && body.height >= previewHeight * 2) {
    const list = { ...body, height: body.height - previewHeight };
    const preview = { ...body, y: body.y + list.height, height: previewHeight };
    return { ...base, kind: 'stack', list, ...oneOf(preview, pane) };
  }
  if (pane === 'list') return { ...base, kind: 'one', list: body, value: null, facts: null };
  return { ...base, kind: 'one', list: null, ...detail(body, pane, isRevealed) };
}

function threePanes(body: Rect): Pick<Layout, 'list' | 'value' | 'facts'> {
  const list = { ...body, width: Math.floor(body.width * 0.4) };
  const facts = { ...body, width: Math.floor(body.width * 0.28), x: 0 };
  const value = { ...body, x: list.width, width: body.width - list.width - facts.width };
  return { list, value, facts: { ...facts, x: value.x + value.width } };
}

type Detail = Pick<Layout, 'value' | 'facts'>;

const oneOf = (area: Rect, pane: LayoutInput['pane']): Detail =>
  pane === 'facts' ? { value: null, facts: area } : { value: area, facts: null };

/** Below so many lines a revealed value does not share them. */
const sharedFrom = { masked: 10, revealed: 16 } as const;

/** Value above facts; without the room for both, the one that has the focus. */
function detail(area: Rect, pane: LayoutInput['pane'], isRevealed: boolean): Detail {
  if (area.height < sharedFrom[isRevealed ? 'revealed' : 'masked']) return oneOf(area, pane);
  const height = isRevealed ? Math.ceil(area.height * 0.6) : 5;
  const value = { ...area, height };
  return { value, facts: { ...area, y: area.y + height, height: area.height - height } };
}

/** Cells inside a pane's border. */
export function inside(rect: Rect, isFramed: boolean): Rect {
  if (!isFramed) return rect;
  return {
    x: rect.x + 1,
    y: rect.y + 1,
    width: Math.max(0, rect.width - 2),
    height: Math.max(0, rect.height - 2),
  };
}

/** Cells inside a border and a blank at either side: for panes of text. */
export function insideInset(rect: Rect, isFramed: boolean): Rect {
  const area = inside(rect, isFramed);
  return isFramed ? { ...area, x: area.x + 1, width: Math.max(1, area.width - 2) } : area;
}

/** Rows that a list of `count` shows in `height`, moved as little as possible from `top` so that `cursor` is seen. */
export function windowTop(top: number, cursor: number, height: number, count: number): number {
  if (height <= 0) return 0;
  const lowest = Math.max(0, count - height);
  const seen = Math.min(Math.max(top, cursor - height + 1), cursor);
  return Math.min(Math.max(seen, 0), lowest);
}

const leastDetail = 6;
const mostDetail = 10;

/** A list with room below it for its selected line in full; no room in a low window. */
export function splitForDetail(body: Rect): { readonly list: Rect; readonly detail: Rect | null } {
  if (body.height < leastDetail + 4) return { list: body, detail: null };
  const detailHeight = Math.min(mostDetail, Math.max(leastDetail, Math.floor(body.height / 2)));
  const list = { ...body, height: body.height - detailHeight };
  return { list, detail: { ...body, y: body.y + list.height, height: detailHeight } };
}

const onSaveHeight = 4;

/** The text being edited, and below it what saving does; no room for that in a low window. */
export function editorRects(body: Rect): { readonly text: Rect; readonly onSave: Rect | null } {
  if (body.height < onSaveHeight * 3) return { text: body, onSave: null };
  const text = { ...body, height: body.height - onSaveHeight };
  return { text, onSave: { ...body, y: body.y + text.height, height: onSaveHeight } };
}
