import type { Session } from '../../app/session.ts';
import { counted } from '../../core/counted.ts';
import type { Secret } from '../../core/secret.ts';
import { keyFor } from '../keys/resolve-key.ts';
import type { Pen } from '../pen.ts';
import type { ListLine, Model, Revealed } from '../state/model.ts';
import { hasUsableKey, readableOf, refOfLine } from '../state/select.ts';
import { type Span, span, wrapText } from '../styled-text.ts';
import { drawRow, type RowPlan, visibleRows } from '../value/value-rows.ts';
import { lastSeconds, secondsTo } from './countdown.ts';

/** A line of the value pane: known now, or drawn from the session within the frame. */
export type ValueLine =
  | { readonly kind: 'text'; readonly spans: readonly Span[] }
  | { readonly kind: 'late'; readonly draw: () => readonly Span[] };

export interface ValueInput {
  readonly model: Model;
  readonly pen: Pen;
  readonly session: Pick<Session, 'lend'>;
  readonly secret: Secret;
  readonly line: ListLine;
  readonly width: number;
  readonly height: number;
  /** Nothing that changes by the second: what a screen reader would read out again and again. */
  readonly isSteady: boolean;
}

const text = (...spans: readonly Span[]): ValueLine => ({ kind: 'text', spans });

/** What the value pane shows of the selected line. */
export function valueLines(input: ValueInput): readonly ValueLine[] {
  const { revealed } = input.model;
  return revealed ? revealedLines(input, revealed) : maskedLines(input);
}

function maskedLines({ model, pen, secret, line, width }: ValueInput): readonly ValueLine[] {
  const { glyphs } = pen;
  const wrapped = (words: string, token: Span['token']): readonly ValueLine[] =>
    wrapText(words, width).map((one) => text(span(one, token)));
  if (secret.state === 'missing') {
    const says = `The rules name it, but there is no such file. ${keyFor('new')} makes one.`;
    return [text(span('no file', 'warning')), ...wrapped(says, 'plain')];
  }
  // Why, the facts say.
  if (secret.state === 'damaged') return [text(span('damaged', 'bad'))];
  if (readableOf(model, secret.id) === 'no') {
    const says = hasUsableKey(model)
      ? `No key found here opens it. ${keyFor('identities')} lists the keys.`
      : 'No private key was found. keyhole -i FILE names one.';
    return [text(span('no key'), span(`  ${glyphs.mask}`, 'quiet')), ...wrapped(says, 'quiet')];
  }
  if (model.waiting.open !== undefined) return [text(span('decrypting'))];
  const hint = `       ${keyFor('reveal')} reveal   ${keyFor('copy')} copy`;
  const lines = [text(span('value  '), span(glyphs.mask, 'quiet')), text(span(hint, 'quiet'))];
  const isListed = line.entry !== undefined || line.key !== undefined || model.isUnfolded;
  if (refOfLine(model, line) === undefined || !model.opened || isListed) return lines;
  return [...lines, text(span(shapeText(model.opened.kind, model.opened.entries.length), 'quiet'))];
}

function shapeText(kind: string, keys: number): string {
  if (keys === 0) return kind;
  return `${kind}, ${counted(keys, 'key')}: ${keyFor('open')} lists`;
}

function revealedLines(
  { model, pen, session, width, height, isSteady }: ValueInput,
  revealed: Revealed,
): readonly ValueLine[] {
  const { ref, isBinary, top, shape } = revealed;
  const rows = Math.max(0, height - 2);
  const planned = session.lend(ref, (bytes) => ({
    plans: visibleRows(bytes, width, isBinary, top, rows),
    size: bytes.length,
  }));
  if (!planned.ok)
    return [text(span('The value was released. ', 'warning'), span(`${keyFor('reveal')} reads it again.`))];
  const { plans, size } = planned.value;
  const draw = (plan: RowPlan) => (): readonly Span[] => {
    const drawn = session.lend(ref, (bytes) => drawRow(bytes, plan, width, isBinary));
    return drawn.ok ? drawn.value : [];
  };
  const isWhole = model.opened?.ref === ref;
  return [
    text(span(topText(model, revealed, rows, isSteady ? null : width), 'quiet')),
    ...(size === 0
      ? [text(span('empty', 'quiet'))]
      : plans.map((plan): ValueLine => ({ kind: 'late', draw: draw(plan) }))),
    ...Array.from({ length: Math.max(0, rows - Math.max(plans.length, size === 0 ? 1 : 0)) }, () => text()),
    text(...endSpans(model, pen, isWhole, shape)),
  ];
}

/** Where in it we are when it does not fit, and how long it stays; `width` is `null` for what must be steady. */
function topText({ now }: Model, revealed: Revealed, rows: number, width: number | null): string {
  const { maskAt, shape, top } = revealed;
  const place =
    shape && shape.rows > rows ? `${top + 1}-${Math.min(top + rows, shape.rows)} of ${shape.rows}  ` : '';
  if (width === null) return place + lastSeconds(maskAt, now, 'masked again');
  const end = `${place}masked again in ${secondsTo(maskAt, now)}s`;
  const whole = `${end} or on blur`;
  return whole.length <= width ? whole : end;
}

/** What cannot be seen first: it may be cut at the end. */
function endSpans({ opened }: Model, pen: Pen, isWhole: boolean, shape: Revealed['shape']): readonly Span[] {
  const { glyphs } = pen;
  const { invisible, hidden } = shape ?? { invisible: 0, hidden: 0 };
  const end = opened?.finalNewline
    ? `${glyphs.newline} ends with a newline`
    : `${glyphs.noNewline} no newline at the end`;
  const parts = [
    ...(invisible > 0 ? [span(`${counted(invisible, 'invisible character')} marked`, 'warning')] : []),
    ...(hidden > 0 ? [span(`${counted(hidden, 'more byte')} not drawn`, 'warning')] : []),
    ...(isWhole && opened && opened.kind !== 'binary' ? [span(end, 'quiet')] : []),
  ];
  return parts.flatMap((part, index) => (index === 0 ? [part] : [span('  '), part]));
}
