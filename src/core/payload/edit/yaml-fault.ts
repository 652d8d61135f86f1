import type { ErrorCode } from 'yaml';
import type { Fault } from '../assignment.ts';
import { isTameYaml } from '../yaml-guards.ts';
import { parseYaml, scalarText } from '../yaml-payload.ts';

/** In our words: the library's quote the text. */
const words: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias with a tag or anchor of its own',
  BAD_ALIAS: 'an alias without an anchor before it, or with a name that cannot be',
  BAD_COLLECTION_TYPE: 'a tag that does not fit its value',
  BAD_DIRECTIVE: 'a directive that YAML does not know',
  BAD_DQ_ESCAPE: 'an escape that YAML does not know',
  BAD_INDENT: 'indented differently than what it belongs to',
  BAD_PROP_ORDER: 'an anchor or tag in the wrong place',
  BAD_SCALAR_START: 'a plain value cannot start like this',
  BLOCK_AS_IMPLICIT_KEY: 'a nested mapping or list on the line of a key',
  BLOCK_IN_FLOW: 'a block inside brackets',
  DUPLICATE_KEY: 'this key comes twice',
  IMPOSSIBLE: 'not YAML',
  KEY_OVER_1024_CHARS: 'a key of more than 1024 characters',
  MISSING_CHAR: 'a quote, bracket, comma, colon or space is missing',
  MULTILINE_IMPLICIT_KEY: 'a key on more than one line',
  MULTIPLE_ANCHORS: 'two anchors on one value',
  MULTIPLE_DOCS: 'a second document',
  MULTIPLE_TAGS: 'two tags on one value',
  NON_STRING_KEY: 'a key that is no string',
  RESOURCE_EXHAUSTION: 'nested too deeply',
  TAB_AS_INDENT: 'a tab as indentation',
  TAG_RESOLVE_FAILED: 'a tag that YAML does not know',
  UNEXPECTED_TOKEN: 'something that does not belong here',
};

/** The first error of a YAML document; a key that comes twice is one, and an alias to nothing. */
export async function yamlFault(text: string): Promise<Fault | null> {
  if (!isTameYaml(text)) return { at: 0, says: 'too large or nested too deeply to be checked' };
  const parsed = await parseYaml(text, { places: false });
  if (parsed === null) return { at: 0, says: 'not YAML' };
  const { document, yaml } = parsed;
  const faults = document.errors.map(({ pos, code }) => ({
    at: pos[0],
    says: words[code] ?? words.IMPOSSIBLE,
  }));
  yaml.visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!yaml.isScalar(key)) continue;
        const name = scalarText(key);
        if (seen.has(name)) faults.push({ at: key.range?.[0] ?? 0, says: words.DUPLICATE_KEY });
        seen.add(name);
      }
    },
    Alias: (_, alias) => {
      if (alias.resolve(document) === undefined)
        faults.push({ at: alias.range?.[0] ?? 0, says: words.BAD_ALIAS });
    },
  });
  return faults.toSorted((one, other) => one.at - other.at)[0] ?? null;
}
