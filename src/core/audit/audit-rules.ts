import { armor } from './armor.ts';
import type { AuditRule } from './audit-rule.ts';
import { brokenReference } from './broken-reference.ts';
import { damaged } from './damaged.ts';
import { drift } from './drift.ts';
import { duplicateKey } from './duplicate-key.ts';
import { lookAlikeKey } from './look-alike-key.ts';
import { missingFile } from './missing-file.ts';
import { orphan } from './orphan.ts';
import { plaintext } from './plaintext.ts';
import { problems } from './problems.ts';
import { renamedKey } from './renamed-key.ts';
import { singleReader } from './single-reader.ts';
import { unusableKey } from './unusable-key.ts';
import { unusedReader } from './unused-reader.ts';
import { worldReadable } from './world-readable.ts';

/** Everything that `check` looks for, one rule a file. */
export const auditRules: readonly AuditRule[] = [
  drift,
  damaged,
  missingFile,
  orphan,
  problems,
  unusableKey,
  duplicateKey,
  lookAlikeKey,
  renamedKey,
  singleReader,
  unusedReader,
  brokenReference,
  armor,
  plaintext,
  worldReadable,
];
