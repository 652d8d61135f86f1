/** A fresh secret. */
export interface Generated {
  /** What goes into the file, with the final newline that its format has. Belongs to the caller, who overwrites it. */
  readonly secret: Uint8Array;
  /** The public half as a line for a `.pub` file, without a newline, where there is one. */
  readonly publicLine?: string;
}

/** Overwrites the bytes it is given with random ones. */
export type RandomSource = (bytes: Uint8Array) => void;
