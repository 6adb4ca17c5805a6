import type { Shape, Shapes } from './shape';

/** As much of a structural OpenAPI schema as a shape keeps. */
export interface StructuralSchema {
  type?: string;
  properties?: Readonly<Record<string, StructuralSchema>>;
  additionalProperties?: StructuralSchema | boolean;
  items?: StructuralSchema;
  required?: readonly string[];
  $ref?: string;
  anyOf?: readonly StructuralSchema[];
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-int-or-string'?: boolean;
}

export type SchemaOf = (name: string) => StructuralSchema | undefined;

const SCALARS: Record<string, string> = {
  string: 's',
  integer: 'i',
  number: 'n',
  boolean: 'b',
};

/** Fields that no manifest is to have, and that the server fills in. */
const SERVERS_OWN = 'status';

function shapeOf(schema: StructuralSchema, schemaOf: SchemaOf): Shape {
  const { $ref, anyOf } = schema;
  if ($ref) {
    const found = schemaOf($ref);
    return found ? shapeOf(found, schemaOf) : '*';
  }
  if (schema['x-kubernetes-int-or-string'] || anyOf) return 'q';
  if (schema.items) return [shapeOf(schema.items, schemaOf)];
  if (schema.properties && !schema['x-kubernetes-preserve-unknown-fields']) {
    const required = new Set(schema.required);
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, of]) => [
        required.has(name) ? `${name}!` : name,
        shapeOf(of, schemaOf),
      ]),
    );
  }
  if (typeof schema.additionalProperties === 'object') {
    return { '*': shapeOf(schema.additionalProperties, schemaOf) };
  }
  return SCALARS[schema.type ?? ''] ?? '*';
}

/** A kind's shape: what is in `status` is nobody's business here. */
export function shapeOfKind(schema: StructuralSchema, schemaOf: SchemaOf) {
  const properties = { ...schema.properties };
  delete properties[SERVERS_OWN];
  const strings = { type: 'object', additionalProperties: { type: 'string' } };
  return {
    ...(shapeOf({ ...schema, properties }, schemaOf) as object),
    apiVersion: 's',
    kind: 's',
    metadata: {
      ...(shapeOf({ $ref: 'V1ObjectMeta' }, schemaOf) as object),
      labels: shapeOf(strings, schemaOf),
      annotations: shapeOf(strings, schemaOf),
    },
    status: '*',
  } as Shape;
}

/** Smaller ones cost less than the reference to them. */
const WORTH_SHARING = 40;

/** Puts shapes that stand in several places aside, so that each stands once. */
export function shareShapes(kinds: Record<string, Shape>): Shapes {
  const counts = new Map<string, number>();
  const count = (shape: Shape): void => {
    if (typeof shape === 'string') return;
    const text = JSON.stringify(shape);
    const seen = counts.get(text) ?? 0;
    counts.set(text, seen + 1);
    if (!seen) Object.values(shape).forEach(count);
  };
  Object.values(kinds).forEach(count);
  const shared: Shape[] = [];
  const numbers = new Map<string, number>();
  const replace = (shape: Shape): Shape => {
    if (typeof shape === 'string') return shape;
    const text = JSON.stringify(shape);
    const inside = () =>
      Array.isArray(shape)
        ? ([replace(shape[0])] as [Shape])
        : Object.fromEntries(
            Object.entries(shape).map(([name, of]) => [name, replace(of)]),
          );
    if ((counts.get(text) ?? 0) < 2 || text.length < WORTH_SHARING) {
      return inside();
    }
    const known = numbers.get(text);
    if (known !== undefined) return `@${known}`;
    const replaced = inside();
    numbers.set(text, shared.push(replaced) - 1);
    return `@${shared.length - 1}`;
  };
  const all = Object.fromEntries(
    Object.entries(kinds).map(([kind, shape]) => [kind, replace(shape)]),
  );
  return { kinds: all, shared };
}
