import type { EmptyPlace } from '../../app/identities/find-identities.ts';
import type { IdentityStatus } from '../../core/identity-status.ts';
import type { Model } from './model.ts';
import { hasUsableKey } from './select.ts';

export type KeyPlace = IdentityStatus | EmptyPlace;

/** What the list of keys shows: the keys that were found, and without a usable one also where there was none. */
export const keyPlacesOf = (model: Model): readonly KeyPlace[] => [
  ...(model.identities ?? []),
  ...(hasUsableKey(model) ? [] : model.emptyPlaces),
];
