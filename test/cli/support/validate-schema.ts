import type { JsonSchema } from '../../../src/cli/schema/schema.ts';

/**
 * What in `value` does not fit the schema, one line each; empty when all does. Knows the keywords that our schemas
 * use, and says so when it meets another.
 */
export function mismatches(schema: JsonSchema, value: unknown, at = '$'): string[] {
  const unknown = Object.keys(schema).filter((keyword) => !known.has(keyword));
  if (unknown.length > 0) return [`${at}: unknown keywords ${unknown.join(', ')}`];
  if (schema.anyOf) {
    const fits = schema.anyOf.some((one) => mismatches(one, value, at).length === 0);
    return fits ? [] : [`${at}: fits none of the alternatives`];
  }
  if (schema.const !== undefined && value !== schema.const) return [`${at}: is not ${schema.const}`];
  if (schema.enum && !schema.enum.some((word) => word === value))
    return [`${at}: ${value} is not in the list`];
  if (schema.type && !isOfType(schema.type, value)) return [`${at}: is not of type ${schema.type}`];
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.flatMap((item: unknown, index) => mismatches(items, item, `${at}[${index}]`)) : [];
  }
  if (!isObject(value)) return [];
  const properties = schema.properties ?? {};
  return [
    ...(schema.required ?? []).filter((name) => !(name in value)).map((name) => `${at}: no ${name}`),
    ...Object.entries(value).flatMap(([name, inner]) => {
      const property = properties[name];
      if (property) return mismatches(property, inner, `${at}.${name}`);
      return schema.additionalProperties === false ? [`${at}: unexpected ${name}`] : [];
    }),
  ];
}

const known = new Set([
  '$schema',
  'description',
  'type',
  'const',
  'enum',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'anyOf',
]);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isOfType(type: NonNullable<JsonSchema['type']>, value: unknown): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'null') return value === null;
  return type === 'integer' ? Number.isSafeInteger(value) : typeof value === type;
}
