import { Schema } from './schema';

/** Short forms in which the schemas of this package's own CRDs are written. */

export const text: Schema = { type: 'string' };
export const time: Schema = { type: 'string', format: 'date-time' };
export const whole: Schema = { type: 'integer', format: 'int32' };
export const flag: Schema = { type: 'boolean' };

/** A number, or a text such as `25%`. */
export const intOrString: Schema = {
  'x-kubernetes-int-or-string': true,
  anyOf: [{ type: 'integer' }, { type: 'string' }],
};

/** An object whose fields are not described here, and are all kept. */
export const open: Schema = {
  type: 'object',
  'x-kubernetes-preserve-unknown-fields': true,
};

export function list(items: Schema): Schema {
  return { type: 'array', items };
}

export function record(
  properties: Record<string, Schema>,
  required: string[] = [],
): Schema {
  return {
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
  };
}

export function mapOf(values: Schema): Schema {
  return { type: 'object', additionalProperties: values };
}

export function described(schema: Schema, description: string): Schema {
  return { ...schema, description };
}
