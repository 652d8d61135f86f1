import type { Document, Node } from 'yaml';
import { depthLimit, entryLimit, type TextEntry } from './text-entry.ts';
import { isTameYaml, looksLikeYaml } from './yaml-guards.ts';

/** Aliases let a small document unfold without end: more nodes than this are not walked. */
const stepLimit = 50_000;

/**
 * One YAML 1.2 document with a mapping, or a list of mappings, at the top; core schema, no other tags. Strings are
 * decoded, other scalars are their source text (`0755` stays so), empty collections are `{}` and `[]`, aliases are
 * followed. Errors, duplicate keys, keys that are collections, or more than the limits: `null`, shown as text.
 */
export async function readYaml(text: string): Promise<readonly TextEntry[] | null> {
  if (!looksLikeYaml(text) || !isTameYaml(text)) return null;
  const parsed = await parseYaml(text, { places: false });
  return parsed === null || parsed.document.errors.length > 0 ? null : leavesOf(parsed.document, parsed.yaml);
}

/**
 * The document with every error in it, and on demand the place of every token, or `null` where even the library gives
 * up. Safe only for text that `isTameYaml`. Its errors' messages quote the text; only their codes may be shown.
 */
export async function parseYaml(
  text: string,
  { places }: { readonly places: boolean },
): Promise<{ readonly yaml: YamlModule; readonly document: ParsedDocument } | null> {
  // By its default export: that is all a bundler leaves of a CommonJS package that is imported lazily.
  const { default: yaml } = await import('yaml');
  try {
    // prettyErrors quotes the source and warnings go to stderr: values must reach neither.
    const document = yaml.parseDocument(text, {
      schema: 'core',
      resolveKnownTags: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
      keepSourceTokens: places,
    });
    return { yaml, document };
  } catch {
    return null; // the library throws plain errors on odd input; whatever it is, it is not YAML that we read
  }
}

type ParsedDocument = ReturnType<YamlModule['parseDocument']>;
export type YamlModule = typeof import('yaml');
type Place = { readonly node: unknown; readonly path: readonly string[] };

function leavesOf(document: Document, yaml: YamlModule): readonly TextEntry[] | null {
  if (!isMappingLike(document.contents, yaml)) return null;
  const anchors = new Map<string, unknown>();
  const entries: TextEntry[] = [];
  const open: Place[] = [{ node: document.contents, path: [] }];
  // Depth first and in document order, so that an alias finds the anchor that stands before it.
  for (let steps = 0; open.length > 0; steps += 1) {
    const place = open.pop();
    if (!place || steps > stepLimit || entries.length > entryLimit || place.path.length > depthLimit)
      return null;
    const node = yaml.isAlias(place.node) ? anchors.get(place.node.source) : place.node;
    if (yaml.isNode(node) && !yaml.isAlias(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
    const children = childrenOf(node, place.path, yaml);
    if (children === null) return null;
    if (children.length > 0) open.push(...[...children].reverse());
    else entries.push({ path: place.path, text: leafText(node, yaml) });
  }
  return entries;
}

const isMappingLike = (node: unknown, yaml: YamlModule): boolean =>
  (yaml.isMap(node) && node.items.length > 0) ||
  (yaml.isSeq(node) && node.items.length > 0 && node.items.every((item) => yaml.isMap(item)));

/** Empty for leaves; `null` for a mapping that has no usable set of keys. */
function childrenOf(node: unknown, path: readonly string[], yaml: YamlModule): readonly Place[] | null {
  if (yaml.isSeq(node))
    return node.items.map((item, index) => ({ node: item, path: [...path, String(index)] }));
  if (!yaml.isMap(node)) return [];
  const keys = new Set<string>();
  const children: Place[] = [];
  for (const { key, value } of node.items) {
    if (!yaml.isScalar(key)) return null;
    const name = scalarText(key);
    if (keys.has(name)) return null;
    keys.add(name);
    children.push({ node: value, path: [...path, name] });
  }
  return children;
}

function leafText(node: unknown, yaml: YamlModule): string {
  if (yaml.isScalar(node)) return scalarText(node);
  if (yaml.isMap(node)) return '{}';
  return yaml.isSeq(node) ? '[]' : '';
}

/** A scalar as a key or value: decoded, but numbers and the like as written. */
export const scalarText = (scalar: Node & { value: unknown; source?: string }): string =>
  typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? '');
