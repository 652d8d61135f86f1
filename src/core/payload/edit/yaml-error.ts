import { isTameYaml } from '../yaml-guards.ts';

/** Offset of the first place that is no YAML, or of the start where it is no mapping or list; `null` when all is well. */
export async function yamlError(text: string): Promise<number | null> {
  if (!isTameYaml(text)) return 0;
  const { default: yaml } = await import('yaml');
  try {
    const document = yaml.parseDocument(text, {
      schema: 'core',
      resolveKnownTags: false,
      uniqueKeys: true,
      prettyErrors: false,
      logLevel: 'silent',
    });
    const [error] = document.errors;
    if (error) return Math.min(error.pos[0], text.length);
    return yaml.isCollection(document.contents) ? null : 0;
  } catch {
    return 0;
  }
}
