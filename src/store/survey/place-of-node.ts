import type { Place } from '../../core/audit/survey.ts';
import { lineOf, type Source } from '../nix/source.ts';

/** Where an expression or a binding begins. */
export const placeOfNode = (
  file: string,
  { source, start }: { readonly source: Source; readonly start: number },
): Place => ({ file, line: lineOf(source, start) });
