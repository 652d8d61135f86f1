/**
 * Ways to write a YAML value where another one stands: in the old one's style, else in double quotes. What was text
 * stays text, also where the new value looks like a number.
 */
export async function yamlLiterals(old: string, value: string): Promise<readonly string[]> {
  // JSON strings are YAML strings; what JSON leaves as it is and YAML does not print is escaped.
  const double = JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const single = `'${value.replaceAll("'", "''")}'`;
  if (old.startsWith('"')) return [double];
  if (old.startsWith("'")) return value.includes('\n') ? [double] : [single, double];
  if (old.startsWith('|') || old.startsWith('>')) return [...block(old, value), `${double}\n`];
  const plain = (await isText(old)) === (await isText(value)) && !/[\n#]/.test(value);
  return plain ? [value, double] : [double];
}

/** A literal block with the indentation of the old one. */
function block(old: string, value: string): readonly string[] {
  const indent = /\n( +)\S/.exec(old)?.[1];
  if (indent === undefined || value === '' || /^[ \n]/.test(value)) return [];
  const keeps = value.endsWith('\n\n') ? '+' : value.endsWith('\n') ? '' : '-';
  const lines = (value.endsWith('\n') ? value.slice(0, -1) : value).split('\n');
  return [`|${keeps}\n${lines.map((line) => (line === '' ? '' : indent + line)).join('\n')}\n`];
}

/** Whether YAML takes it for text and not for a number, a truth value or nothing. */
async function isText(plain: string): Promise<boolean> {
  const { default: yaml } = await import('yaml');
  try {
    const options = {
      schema: 'core',
      resolveKnownTags: false,
      prettyErrors: false,
      logLevel: 'silent',
    } as const;
    return typeof yaml.parseDocument(plain, options).toJS() === 'string';
  } catch {
    return false;
  }
}
