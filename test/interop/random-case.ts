import fc from 'fast-check';
import type { Tool } from './peer-tools.ts';

export const kinds = ['x25519', 'hybrid', 'ssh-ed25519', 'ssh-rsa', 'passphrase'] as const;
export type Kind = (typeof kinds)[number];

export const keysPerKind = 3;

/** One of our test keys: its kind and its number. */
export interface KeyChoice {
  readonly kind: Kind;
  readonly index: number;
}

export interface InteropCase {
  readonly direction: 'theirs to ours' | 'ours to theirs';
  readonly tool: Tool;
  readonly armor: boolean;
  readonly size: number;
  readonly readers: readonly KeyChoice[];
  /** The reader that opens it: a position in `readers`. */
  readonly opens: number;
}

const index = fc.nat({ max: keysPerKind - 1 });
// Post-quantum keys stand with their like only, and a passphrase stands alone: the format and the tools demand it.
const classic = fc.record({ kind: fc.constantFrom<Kind>('x25519', 'ssh-ed25519', 'ssh-rsa'), index });
const hybrid = fc.record({ kind: fc.constant<Kind>('hybrid'), index });
const passphrase = fc.constant<KeyChoice>({ kind: 'passphrase', index: 0 });

const several = (key: fc.Arbitrary<KeyChoice>) =>
  fc.uniqueArray(key, { minLength: 1, maxLength: 5, selector: ({ kind, index }) => `${kind} ${index}` });

const direction = fc.constantFrom<InteropCase['direction']>('theirs to ours', 'ours to theirs');
const size = fc.oneof(
  { weight: 8, arbitrary: fc.nat({ max: 300 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 65_535, 65_536, 65_537, 131_072, 200_000) },
);

function cases(
  tools: readonly Tool[],
  readers: fc.Arbitrary<readonly KeyChoice[]>,
): fc.Arbitrary<InteropCase> {
  return fc
    .record({
      direction,
      tool: fc.constantFrom(...tools),
      armor: fc.boolean(),
      size,
      readers,
      opens: fc.nat({ max: 4 }),
    })
    .map((drawn) => ({ ...drawn, opens: drawn.opens % drawn.readers.length }));
}

/**
 * The cases, the same ones on each run. rage 0.12 knows no hybrid keys and picks a scrypt factor that costs a
 * second and a gigabyte, so `age` alone takes part in those two (rage's passphrases have tests of their own).
 */
export function drawCases(count: number): readonly InteropCase[] {
  const any = fc.oneof(
    { weight: 7, arbitrary: cases(['age', 'rage'], several(classic)) },
    { weight: 2, arbitrary: cases(['age'], several(hybrid)) },
    {
      weight: 1,
      arbitrary: cases(
        ['age'],
        passphrase.map((key) => [key]),
      ),
    },
  );
  return fc.sample(any, { numRuns: count, seed: 20260717 });
}
