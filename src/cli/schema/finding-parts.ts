import { findingKinds, findingRuleNames, severities } from '../../core/audit/finding-rules.ts';
import { boolean, integer, list, nullable, object, oneOf, text } from './schema.ts';

const findingParts = {
  rule: oneOf(findingRuleNames, 'stable; see docs/checks.md'),
  kind: oneOf(findingKinds, 'finer than rule, e.g. extra-reader or missing-reader for drift'),
  severity: oneOf(severities),
  subject: text('the secret, file or key it is about'),
  says: text(),
  evidence: text(),
  fix: text('what to do about it'),
  file: nullable(text('where to look, from the root')),
  line: nullable(integer()),
};

const finding = object(findingParts);

/** What `check` and `audit` print. */
export const checkParts = {
  root: text(),
  summary: object({
    files: integer(),
    ok: integer(),
    drift: integer(),
    missing: integer(),
    orphan: integer(),
    damaged: integer(),
    unknown: integer(),
    problems: integer(),
    findings: integer('told here'),
    below: integer('of a lower severity than --severity'),
    ignored: integer(),
  }),
  findings: list(finding),
  ignored: list(
    object({ ...findingParts, reason: text(), until: nullable(text('last day, YYYY-MM-DD')) }),
    'found, and listed in .keyhole-ignore',
  ),
  complete: boolean('false: there are more Nix files than are read'),
};

const place = {
  file: text('where the key stood'),
  commit: text('that removed it, or added it where none did'),
  date: nullable(text('of the commit, YYYY-MM-DD')),
  did: oneOf(['removed', 'added']),
};

export const rotation = object(
  {
    readers: list(
      object({
        kind: text('stanza type'),
        tag: text(),
        name: nullable(text('what it is or was called')),
        key: nullable(text('the whole public key; null where nothing in the history fits')),
        past: nullable(object(place)),
        secrets: list(
          object({
            id: text(),
            value: oneOf(
              ['readable', 'same', 'partly', 'unknown'],
              'readable: the reader is still on the file; same, partly: compared with the keys here; unknown: no key here opens both versions, and a new value looks like the old one encrypted anew',
            ),
            versions: list(
              object({ commit: text(), date: nullable(text()), path: text('what the file was called') }),
              'that the reader could open, newest first',
            ),
            later: integer('versions after those'),
          }),
        ),
      }),
      'who is no reader any more, and what they could read',
    ),
    changed: integer('values proved to be others since, left out above'),
    anonymous: integer('secrets with versions whose readers (X25519) cannot be told'),
    complete: boolean('false: the history is cut off, or longer than is read'),
  },
  'null: there is no history that can be read',
);
