/** A JSON Schema (draft 2020-12) together with the type of what it describes, so that the two cannot disagree. */
export interface Schema<T> {
  readonly json: JsonSchema;
  /** Only for inference; never set. */
  readonly describes?: T;
}

/** The part of JSON Schema that keyhole's outputs need. */
export interface JsonSchema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean' | 'null';
  readonly description?: string;
  readonly const?: string | number | boolean;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

export type Describes<S> = S extends Schema<infer T> ? T : never;

export const text = (description?: string): Schema<string> => ({
  json: { type: 'string', ...described(description) },
});

export const integer = (description?: string): Schema<number> => ({
  json: { type: 'integer', ...described(description) },
});

export const boolean = (description?: string): Schema<boolean> => ({
  json: { type: 'boolean', ...described(description) },
});

export const oneOf = <const Word extends string>(
  words: readonly Word[],
  description?: string,
): Schema<Word> => ({
  json: { type: 'string', enum: words, ...described(description) },
});

export const exactly = <const Value extends string | number | boolean>(value: Value): Schema<Value> => ({
  json: { const: value },
});

export const nullable = <T>(schema: Schema<T>): Schema<T | null> => ({
  json: { anyOf: [schema.json, { type: 'null' }] },
});

export const list = <T>(items: Schema<T>, description?: string): Schema<readonly T[]> => ({
  json: { type: 'array', items: items.json, ...described(description) },
});

/** An object with exactly these properties. */
export const object = <Properties extends Readonly<Record<string, Schema<unknown>>>>(
  properties: Properties,
  description?: string,
): Schema<{ readonly [Name in keyof Properties]: Describes<Properties[Name]> }> => ({
  json: {
    type: 'object',
    properties: Object.fromEntries(Object.entries(properties).map(([name, { json }]) => [name, json])),
    required: Object.keys(properties),
    additionalProperties: false,
    ...described(description),
  },
});

const described = (description: string | undefined): Pick<JsonSchema, 'description'> =>
  description === undefined ? {} : { description };
