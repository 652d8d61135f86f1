import type { WhatOutput } from '../app/usecases/types.ts';
import { counted } from '../core/counted.ts';
import { staticGuess } from '../core/usage/say-usage.ts';

/** What a list of secrets without a use rests on, so that nobody takes it for proof. */
export function unusedNotes(unused: WhatOutput['unused']): readonly string[] {
  if (unused === null) return [];
  const { host, perhaps, doubt } = unused;
  const place = host.file === null ? `a directory called ${host.name}` : `${host.file}:${host.line}`;
  return [
    `a ${staticGuess}: nothing was evaluated; the host is known from ${place}`,
    ...(perhaps === 0
      ? []
      : [`left out: ${counted(perhaps, 'secret')} used in files that belong to no host that is known`]),
    ...(doubt === null ? [] : [`more may be used: ${doubt}`]),
  ];
}
