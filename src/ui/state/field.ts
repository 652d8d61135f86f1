import { graphemes } from '../../core/graphemes.ts';

/** A line being typed, and where in it one is: an offset between two characters as a person counts them. */
export interface Field {
  readonly text: string;
  readonly at: number;
}

export const fieldOf = (text: string, at = text.length): Field => ({ text, at });

export const fieldMotions = ['left', 'right', 'word-left', 'word-right', 'start', 'end'] as const;
export type FieldMotion = (typeof fieldMotions)[number];

export const moveInField = ({ text, at }: Field, motion: FieldMotion): Field => ({
  text,
  at: targetOf(text, at, motion),
});

/** Control characters are no part of a name. */
export function typeInField({ text, at }: Field, typed: string): Field {
  const clean = typed.replace(/\p{Cc}/gu, '');
  const joined = text.slice(0, at) + clean;
  return settled(joined + text.slice(at), joined.length);
}

/** Erases from here to where the motion would lead. */
export function eraseInField({ text, at }: Field, motion: FieldMotion): Field {
  const target = targetOf(text, at, motion);
  const [from, to] = [Math.min(at, target), Math.max(at, target)];
  return settled(text.slice(0, from) + text.slice(to), from);
}

/** What is beside the cursor now may be one character with what came: it stands behind that. */
const settled = (text: string, at: number): Field => ({
  text,
  at: boundaries(text).find((boundary) => boundary >= at) ?? text.length,
});

function targetOf(text: string, at: number, motion: FieldMotion): number {
  switch (motion) {
    case 'left':
      return boundaries(text).findLast((boundary) => boundary < at) ?? 0;
    case 'right':
      return boundaries(text).find((boundary) => boundary > at) ?? text.length;
    case 'word-left':
      return text.slice(0, at).replace(/[^\s/]*[\s/]*$/u, '').length;
    case 'word-right':
      return at + (/^[\s/]*[^\s/]*/u.exec(text.slice(at))?.[0].length ?? 0);
    case 'start':
      return 0;
    case 'end':
      return text.length;
  }
}

const boundaries = (text: string): readonly number[] => [
  ...Array.from(graphemes(text), ({ index }) => index),
  text.length,
];
