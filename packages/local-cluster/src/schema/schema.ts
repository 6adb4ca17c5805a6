/**
 * A structural schema in OpenAPI v3's words, as CRDs carry it. Builtin kinds
 * use the same form; their nested types are `$ref`s by name.
 */
export interface Schema {
  $ref?: string;
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  format?: string;
  description?: string;
  properties?: Readonly<Record<string, Schema>>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  required?: readonly string[];
  enum?: readonly unknown[];
  default?: unknown;
  nullable?: boolean;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: boolean;
  exclusiveMaximum?: boolean;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  uniqueItems?: boolean;
  not?: Schema;
  allOf?: readonly Schema[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-embedded-resource'?: boolean;
  'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  'x-kubernetes-list-map-keys'?: readonly string[];
  'x-kubernetes-map-type'?: 'atomic' | 'granular';
  'x-kubernetes-validations'?: readonly {
    rule: string;
    message?: string;
    messageExpression?: string;
    /** `FieldValueForbidden` and so on; invalid when left out. */
    reason?: string;
    /** Where below the schema, such as `.tags`. */
    fieldPath?: string;
  }[];
  /** Merge key of a strategic merge patch, for builtin kinds. */
  'x-kubernetes-patch-merge-key'?: string;
  'x-kubernetes-patch-strategy'?: string;
}

/** Finds a schema by the name in a `$ref`. */
export type SchemaLookup = (name: string) => Schema | undefined;

/** The schema itself, or the one that its `$ref` names. */
export function resolveSchema(
  schema: Schema | undefined,
  lookup: SchemaLookup,
): Schema | undefined {
  return schema?.$ref ? lookup(schema.$ref) : schema;
}
