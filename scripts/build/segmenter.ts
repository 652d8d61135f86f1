import { oneCharacterEach } from './one-cell.ts';

const { Segmenter } = Intl;

interface Segments extends Iterable<Intl.SegmentData> {
  containing(index?: number): Intl.SegmentData | undefined;
}

/**
 * Stands in for `Intl.Segmenter` in the bundle. Loading the real one's tables takes 10 ms, and five packages do so as
 * they are imported; here it is loaded for the first text that is not simple, and simple text is cut by hand.
 */
export class ShortSegmenter {
  readonly #arguments: ConstructorParameters<typeof Segmenter>;
  #real: Intl.Segmenter | undefined;

  constructor(...constructorArguments: ConstructorParameters<typeof Segmenter>) {
    this.#arguments = constructorArguments;
  }

  segment(text: string): Segments {
    const granularity = this.#arguments[1]?.granularity ?? 'grapheme';
    if (granularity === 'grapheme' && oneCharacterEach.test(text)) return charactersOf(text);
    this.#real ??= new Segmenter(...this.#arguments);
    return this.#real.segment(text);
  }
}

function charactersOf(text: string): Segments {
  const at = (index: number) => ({ segment: text.charAt(index), index, input: text });
  return {
    containing: (index = 0) => (index >= 0 && index < text.length ? at(Math.trunc(index)) : undefined),
    *[Symbol.iterator]() {
      for (let index = 0; index < text.length; index += 1) yield at(index);
    },
  };
}
