import { Cause } from '../api/apiError';
import { Schema, SchemaLookup } from './schema';
import { validate } from './validate';

const NO_TYPES: SchemaLookup = () => undefined;

/**
 * What is wrong with the schema of a custom kind: every field says its type,
 * and every default fits. Source: Kubernetes documentation, "Specifying a
 * structural schema".
 */
export function structuralProblems(schema: Schema, at: string): Cause[] {
  const causes: Cause[] = [];
  const isAny =
    schema['x-kubernetes-int-or-string'] === true ||
    schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (!schema.type && !isAny) {
    causes.push({
      reason: 'FieldValueRequired',
      field: `${at}.type`,
      message: 'Required value: must not be empty for specified object fields',
    });
  }
  if (schema.default !== undefined) {
    for (const { message } of validate(schema, schema.default, NO_TYPES)) {
      causes.push({
        reason: 'FieldValueInvalid',
        message,
        field: `${at}.default`,
      });
    }
  }
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    causes.push(...structuralProblems(property, `${at}.properties[${name}]`));
  }
  if (schema.items) {
    causes.push(...structuralProblems(schema.items, `${at}.items`));
  }
  const { additionalProperties } = schema;
  if (typeof additionalProperties === 'object') {
    causes.push(
      ...structuralProblems(additionalProperties, `${at}.additionalProperties`),
    );
  }
  return causes;
}
