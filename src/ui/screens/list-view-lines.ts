import type { IdentityStatus } from '../../core/identity-status.ts';
import { calledBy } from '../../core/recipient-label.ts';
import type { Problem } from '../../core/repository.ts';
import type { Pen } from '../pen.ts';
import type { KeyPlace } from '../state/key-places.ts';
import type { Model } from '../state/model.ts';
import { padEnd, type Span, span } from '../styled-text.ts';

const locks = { open: 'ready', 'needs-passphrase': 'locked', unusable: 'unusable' } as const;

/** State, origin, kind, whose key it is in this repository, and for an unusable one why. */
function identitySpans({ repository, isLocked }: Model, pen: Pen, status: IdentityStatus): Span[] {
  const { lock, origin, kind, recipient, error } = status;
  const known = recipient && repository.recipients.get(recipient);
  const token = lock === 'open' && !isLocked ? 'good' : lock === 'unusable' ? 'bad' : 'warning';
  return [
    span(padEnd(isLocked && lock === 'open' ? locks['needs-passphrase'] : locks[lock], 10), token),
    span(pen.show(origin)),
    span(kind === 'unusable' ? '' : `  ${kind}`, 'quiet'),
    span(known ? `  ${pen.show(calledBy(known))}` : '', 'key'),
    span(error ? `  ${pen.show(error.says)}` : '', 'bad'),
    span(error?.hint === undefined ? '' : `; ${pen.show(error.hint)}`, 'quiet'),
  ];
}

/** A key, or a place without one and what to do about that. */
export function keyPlaceSpans(model: Model, pen: Pen, place: KeyPlace): Span[] {
  if ('kind' in place) return identitySpans(model, pen, place);
  return [
    span(padEnd('none', 10), 'quiet'),
    span(pen.show(place.origin)),
    span(`  ${pen.show(place.says)}`, 'quiet'),
    span('; keyhole -i FILE names another', 'quiet'),
  ];
}

/** File or line, cause, what to do. */
export function problemSpans(pen: Pen, { where, says, hint }: Problem): Span[] {
  return [
    span(pen.show(where), 'key'),
    span(`  ${pen.show(says)}`),
    span(hint === undefined ? '' : `; ${pen.show(hint)}`, 'quiet'),
  ];
}
