import * as models from '@kubernetes/client-node';
import { intOrString } from '../schema/builders';
import { Schema, SchemaLookup } from '../schema/schema';
import {
  atomicMaps,
  atomicTypes,
  fieldDefaults,
  listKeys,
  requiredFields,
} from './builtinFieldFacts';

interface Attribute {
  baseName: string;
  type: string;
  format: string;
}

interface Model {
  getAttributeTypeMap(): Attribute[];
}

/** `cpu: 0.5` is as good as `cpu: "500m"`. */
const QUANTITY: Schema = { anyOf: [{ type: 'string' }, { type: 'number' }] };

/** Maps of quantities. */
const QUANTITIES = new Set([
  'limits',
  'requests',
  'capacity',
  'allocatable',
  'overhead',
  'hard',
  'used',
]);

/**
 * Schemas of builtin kinds, made from the types of the official client, which
 * are generated from Kubernetes' own OpenAPI. Required fields and merge keys,
 * which those types do not carry, are added from our own table.
 *
 * Not implemented: descriptions, defaults, enums, bounds.
 */
export class BuiltinSchemas {
  private readonly known = new Map<string, Schema | undefined>();

  /** By model name, `V1Deployment`. */
  readonly lookup: SchemaLookup = name => {
    if (!this.known.has(name)) this.known.set(name, describe(name));
    return this.known.get(name);
  };
}

function describe(name: string): Schema | undefined {
  const model = (models as Record<string, unknown>)[name] as Model | undefined;
  if (typeof model?.getAttributeTypeMap !== 'function') return undefined;
  const properties: Record<string, Schema> = {};
  for (const attribute of model.getAttributeTypeMap()) {
    properties[attribute.baseName] = {
      ...typeSchema(attribute.type, attribute.format, attribute.baseName),
      ...listFacts(name, attribute),
      ...fieldFacts(`${name}.${attribute.baseName}`),
    };
  }
  const required = requiredFields[name];
  return {
    type: 'object',
    properties,
    ...(required && { required }),
    ...(atomicTypes.has(name) && { 'x-kubernetes-map-type': 'atomic' }),
  };
}

function typeSchema(type: string, format: string, field: string): Schema {
  const array = /^(?:Array|Set)<(.+)>$/.exec(type);
  if (array) return { type: 'array', items: typeSchema(array[1]!, '', field) };
  const map = /^\{ \[key: string\]: (.+); \}$/.exec(type);
  if (map) {
    return {
      type: 'object',
      additionalProperties: QUANTITIES.has(field)
        ? QUANTITY
        : typeSchema(map[1]!, '', field),
    };
  }
  switch (type) {
    case 'string':
      return field === 'divisor'
        ? intOrString
        : { type: 'string', ...(format === 'byte' && { format }) };
    case 'number':
      return format === 'double'
        ? { type: 'number', format }
        : { type: 'integer', ...(format && { format }) };
    case 'boolean':
      return { type: 'boolean' };
    case 'Date':
    case 'V1MicroTime':
      return { type: 'string', format: 'date-time' };
    case 'IntOrString':
      return { 'x-kubernetes-int-or-string': true };
    case 'any':
    case 'object':
      return { 'x-kubernetes-preserve-unknown-fields': true };
    default:
      return { $ref: type };
  }
}

/** Lists are atomic unless the table says by which keys they are merged. */
function listFacts(model: string, { baseName, type }: Attribute): Schema {
  if (!type.startsWith('Array<') && !type.startsWith('Set<')) return {};
  const keys = listKeys[`${model}.${baseName}`];
  if (!keys) return { 'x-kubernetes-list-type': 'atomic' };
  const [first] = keys;
  return keys.length === 0
    ? {
        'x-kubernetes-list-type': 'set',
        'x-kubernetes-patch-strategy': 'merge',
      }
    : {
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': keys,
        'x-kubernetes-patch-strategy': 'merge',
        'x-kubernetes-patch-merge-key': first,
      };
}

function fieldFacts(field: string): Schema {
  const value = fieldDefaults[field];
  return {
    ...(value !== undefined && { default: value }),
    ...(atomicMaps.has(field) && { 'x-kubernetes-map-type': 'atomic' }),
  };
}
