import { errorCodes } from '../../core/error-codes.ts';

export interface ExitStatus {
  readonly exit: number;
  /** Stable name, as in the JSON of an error. */
  readonly code: string;
  readonly means: string;
}

/** Every exit status with its code, lowest first. One status may stand for several codes. */
export const exitStatuses = (): readonly ExitStatus[] => [
  { exit: 0, code: 'ok', means: 'done' },
  ...Object.entries(errorCodes)
    .map(([code, { exit, means }]) => ({ exit, code, means }))
    .sort((one, other) => one.exit - other.exit),
];
