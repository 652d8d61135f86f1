let segmenter: Intl.Segmenter | undefined;

/** What a person takes for one character each. */
export function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(text);
}
