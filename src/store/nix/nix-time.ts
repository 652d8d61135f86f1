/** What Nix may still take of the time of whoever waits for the repository; shared by all its rules files. */
export interface NixTime {
  /** Milliseconds. */
  left: number;
}

/**
 * Real rules take Nix 30 to 150 ms. A hostile file ends only by this timer (a regular expression that libstdc++ never
 * finishes, a loop), and opening a repository may take 2 s, however many such files it has.
 */
export const fullNixTime = (): NixTime => ({ left: 1500 });
