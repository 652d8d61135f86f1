import { didYouMean } from './did-you-mean.ts';
import { nearestNames } from './nearest-names.ts';
import { fail, type Outcome } from './outcome.ts';
import type { Repository } from './repository.ts';

export function noSuchReader({ readers, aliases, recipients }: Repository, name: string): Outcome<never> {
  const own = [...(aliases ?? [])].flatMap(([id, alias]) => (recipients.has(id) ? [alias] : []));
  const names = [...new Set([...readers.map((reader) => reader.name), ...own])];
  const near = nearestNames(name.split('.'), names, (one) => one.split('.'), { starts: true });
  return fail('not-found', `no reader called ${name}`, {
    hint: didYouMean(near) ?? 'keyhole matrix shows all readers',
  });
}
