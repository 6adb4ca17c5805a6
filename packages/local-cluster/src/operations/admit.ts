import { badRequest, Cause, createApiError, invalid } from '../api/apiError';
import { NewObject, StoredObject } from '../api/clusterApi';
import { applyDefaults } from '../schema/applyDefaults';
import { pruneUnknown } from '../schema/pruneUnknown';
import { resolveSchema, Schema } from '../schema/schema';
import { validate } from '../schema/validate';
import { validateTransition } from '../schema/validateTransition';
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
  if (schema) refuse(target, draft, validate(schema, draft, context.schemas));
  if (schema && previous && target.kind.custom) {
    refuse(
      target,
      draft,
      validateTransition(schema, draft, previous, context.schemas),
    );
  }
  rules.applyDefaults?.(draft);
  refuse(target, draft, rules.validate?.(draft, previous) ?? []);
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
  refuse(target, part, validate(schema, part, context.schemas));
}

function applySchema(
  context: OperationContext,
  target: Target,
  schema: Schema,
  draft: NewObject,
  options: RequestOptions,
): void {
  const { kind, version } = target;
  const unknown = pruneUnknown(schema, draft, context.schemas).map(
    field => `unknown field "${field}"`,
  );
  if (unknown.length > 0 && options.fieldValidation === 'Strict') {
    throw badRequest(
      `${kind.kind} in version "${version.name}" cannot be handled as a ${kind.kind}: strict decoding error: ${unknown.join(', ')}`,
    );
  }
  if (options.fieldValidation === 'Warn') {
    for (const warning of unknown) options.warn?.(warning);
  }
  applyDefaults(schema, draft, context.schemas);
}

function refuse(target: Target, draft: NewObject, causes: Cause[]): void {
  const { kind } = target;
  if (causes.length === 0) return;
  const mistyped = causes.find(
    cause => cause.reason === 'FieldValueTypeInvalid',
  );
  if (mistyped && !kind.custom) throw undecodable(target, mistyped);
  throw invalid(
    { group: kind.group, kind: kind.kind, name: draft.metadata.name },
    causes,
  );
}

/** A builtin kind is read into a type before it is checked; that fails as a whole. */
function undecodable({ kind, version }: Target, cause: Cause) {
  return createApiError(
    400,
    'BadRequest',
    `${kind.kind} in version "${version.name}" cannot be handled as a ${kind.kind}: ${cause.field}: ${cause.message}`,
  );
}
