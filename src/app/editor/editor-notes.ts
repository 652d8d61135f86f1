import type { Editor } from './choose-editor.ts';
import type { ScratchPlace } from './scratch-place.ts';

/** What cannot be kept from the value while this editor has it in this place. */
export function editorNotes({ name, hardened }: Editor, { swap }: ScratchPlace): readonly string[] {
  return [
    ...(hardened ? [] : [`${name} may keep copies of its own: keyhole does not know how to tell it not to`]),
    ...(swap === null ? [] : [`memory may be written to ${swap} while a secret is edited`]),
  ];
}

/** What nothing changed may mean of an editor that is not known. */
export const returnedEarly = ({ name, hardened }: Editor): readonly string[] =>
  hardened ? [] : [`if ${name} came back before you saved, it needs an option that makes it wait`];
