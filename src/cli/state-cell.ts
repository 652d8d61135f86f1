import type { SecretState } from '../core/secret.ts';
import type { FormedCell, Tone } from './columns.ts';

const tones = {
  ok: 'good',
  drift: 'doubtful',
  missing: 'bad',
  orphan: 'doubtful',
  damaged: 'bad',
  unknown: 'quiet',
} as const satisfies Record<SecretState, Tone>;

/** A state as a cell; the word tells it, the colour only helps. */
export const stateCell = (state: SecretState): FormedCell => ({ text: state, tone: tones[state] });
