import { ApiError, badRequest, Cause, invalid } from '../api/apiError';
import { NewObject, StoredObject } from '../api/clusterApi';
import { applyDefaults } from '../schema/applyDefaults';
import { pruneUnknown } from '../schema/pruneUnknown';
import { resolveSchema, Schema } from '../schema/schema';
import { validate } from '../schema/validate';
import { validateRules } from '../schema/rules/validateRules';
import { OperationContext, RequestOptions, Target } from './context';

/**
 * Makes a draft what the server would store: unknown fields pruned, defaults
 * filled in, and everything checked.
 * @throws ApiError 422 with every field that is wrong; 400 for fields of a
 *   builtin kind that have the wrong type, and for unknown ones when strict
 */
export function admit(
  context: OperationContext,
  target: Target,
  draft: NewObject,
  previous: StoredObject | undefined,
  options: RequestOptions,
): void {
  const { rules } = target.kind;
  const schema = resolveSchema(target.version.schema, context.schemas);
  if (schema) applySchema(context, target, schema, draft, options);
  // Before the rules, which rely on fields having their types.
  if (schema) {
    refuse(
      target,
      draft,
      withRules(schema, validate(schema, draft, context.schemas)),
      options,
    );
  }
  if (schema && target.kind.custom) {
    const { schemas, cel } = context;
    const causes = validateRules(schema, draft, previous, schemas, cel);
    refuse(target, draft, causes, options);
  }
  rules.applyDefaults?.(draft);
  refuse(target, draft, rules.validate?.(draft, previous) ?? [], options);
}

/** Like `admit`, for the status alone: nothing else changes, so nothing else is checked. */
export function admitStatus(
  context: OperationContext,
  target: Target,
  part: NewObject,
  options: RequestOptions,
): void {
  const whole = resolveSchema(target.version.schema, context.schemas);
  const status = whole?.properties?.status;
  if (!status) return;
  const schema: Schema = { type: 'object', properties: { status } };
  applySchema(context, target, schema, part, options);
  refuse(target, part, validate(schema, part, context.schemas), options);
}

function applySchema(
  context: OperationContext,
  target: Target,
  schema: Schema,
  draft: NewObject,
  options: RequestOptions,
): void {
  const unknown = [
    ...(options.duplicateFields ?? []).map(
      field => `duplicate field "${field}"`,
    ),
    ...pruneUnknown(schema, draft, context.schemas).map(
      field => `unknown field "${field}"`,
    ),
  ];
  if (unknown.length > 0 && options.fieldValidation === 'Strict') {
    throw undecodable(
      target,
      `strict decoding error: ${unknown.join(', ')}`,
      options,
    );
  }
  if (options.fieldValidation === 'Warn') {
    for (const warning of unknown) options.warn?.(warning);
  }
  applyDefaults(schema, draft, context.schemas);
}

/** A schema with rules says which of them an invalid object was spared. */
function withRules(schema: Schema, causes: Cause[]): Cause[] {
  return causes.length > 0 && hasRules(schema)
    ? [
        ...causes,
        {
          reason: 'FieldValueInvalid',
          field: '<nil>',
          message:
            'Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
        },
      ]
    : causes;
}

function hasRules(schema: Schema): boolean {
  return (
    schema['x-kubernetes-validations'] !== undefined ||
    Object.values(schema.properties ?? {}).some(hasRules)
  );
}

function refuse(
  target: Target,
  draft: NewObject,
  causes: Cause[],
  options: RequestOptions,
): void {
  const { kind } = target;
  if (causes.length === 0) return;
  const mistyped = causes.find(
    cause => cause.reason === 'FieldValueTypeInvalid',
  );
  if (mistyped && !kind.custom) {
    throw undecodable(
      target,
      `${mistyped.field}: ${mistyped.message}`,
      options,
    );
  }
  throw invalid(
    { group: kind.group, kind: kind.kind, name: draft.metadata.name },
    causes,
  );
}

/** What is no object of the kind is refused before anything in it is checked. */
function undecodable(
  { kind, version }: Target,
  problem: string,
  options: RequestOptions,
): ApiError {
  return (
    options.undecodable?.(problem) ??
    badRequest(
      `${kind.kind} in version "${version.name}" cannot be handled as a ${kind.kind}: ${problem}`,
    )
  );
}
