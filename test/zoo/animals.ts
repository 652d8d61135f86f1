import type { Animal } from './animal.ts';
import { fileAnimals, payloadAnimals } from './file-animals.ts';
import { gitAnimals } from './git-animals.ts';
import { nameAnimals } from './name-animals.ts';
import { rulesAnimals } from './rules-animals.ts';

const isRoot = process.getuid?.() === 0;

/** Every hostile repository that can be built here; only the device needs root. */
export const zoo: readonly { readonly kind: string; readonly animal: Animal }[] = [
  ...fileAnimals.map((animal) => ({ kind: 'a ciphertext is', animal })),
  ...payloadAnimals.map((animal) => ({ kind: 'a payload is', animal })),
  ...rulesAnimals.map((animal) => ({ kind: 'secrets.nix:', animal })),
  ...nameAnimals.map((animal) => ({ kind: 'a path has', animal })),
  ...gitAnimals.map((animal) => ({ kind: '.git has', animal })),
].filter(({ animal }) => isRoot || !animal.needsRoot);
