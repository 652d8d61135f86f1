import type { Place } from '../../core/audit/survey.ts';
import type { Expression } from '../nix/ast.ts';
import { lineAndColumn } from '../nix/source.ts';

export const placeOfNode = (file: string, { source, start }: Expression): Place => ({
  file,
  line: lineAndColumn(source, start).line,
});
