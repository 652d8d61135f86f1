import type { Session } from '../app/session.ts';
import { counted } from '../core/counted.ts';
import { type Invocation, valuesOf } from './invocation.ts';

/** A shell may have made thousands of one. */
const namedPatterns = 3;

/** Says that the filters fit nothing: an empty answer by itself may as well be a repository without secrets. */
export function nothingFits(invocation: Invocation, session: Session, found: number): readonly string[] {
  const total = session.repository().secrets.length;
  if (found > 0 || total === 0) return [];
  const { positionals } = invocation;
  const wanted = [
    ...positionals.slice(0, namedPatterns),
    ...(positionals.length > namedPatterns ? ['…'] : []),
    ...['state', 'reader'].flatMap((name) => valuesOf(invocation, name).map((value) => `--${name} ${value}`)),
  ];
  return [
    `no secret fits ${wanted.join(' ')}: there ${total === 1 ? 'is' : 'are'} ${counted(total, 'secret')}`,
  ];
}
