import {
  badRequest,
  Cause,
  conflict,
  createApiError,
  invalidOptions,
} from '../api/apiError';
import { NewObject, StoredObject } from '../api/clusterApi';
import { collectionId } from '../kinds/kindDefinition';
import { rootSchema } from '../kinds/rootSchema';
import { fieldText } from '../patch/apply/fieldSet';
import { Manager, readManagers, writeManagers } from '../patch/apply/managers';
import {
  ApplyConflict,
  ApplyRequest,
  serverSideApply,
} from '../patch/apply/serverSideApply';
import { isRecord } from '../schema/isRecord';
import { commitUpdate } from './commitUpdate';
import {
  keyOf,
  OperationContext,
  RequestOptions,
  Target,
  timestamp,
} from './context';
import { createObject } from './createObject';
import { checkIdentity } from './identity';
import { LAST_APPLIED, withLastApplied } from './lastApplied';
import { subjectOf } from './subject';
import { identityOf, UNTRACKED } from './trackManagers';
import { Schema } from '../schema/schema';
import { equalJson } from '../storage/equalJson';
import { fieldsOf, valueAt } from '../patch/apply/fieldsOf';

/**
 * A server-side apply: creates the object or lays the fields over it.
 * @throws ApiError 409 with every field that another manager has set otherwise
 */
export function applyObject(
  context: OperationContext,
  target: Target,
  sent: unknown,
  options: RequestOptions,
): StoredObject {
  if (!isRecord(sent)) throw badRequest('what is applied must be an object');
  if (!options.fieldManager) {
    throw invalidOptions(
      'PatchOptions',
      'fieldManager',
      'FieldValueRequired',
      'Required value: is required for apply patch',
    );
  }
  const applied = ownFields(target, sent);
  const live = context.database
    .collection(collectionId(target.kind))
    .get(
      keyOf(
        target.kind.namespaced ? target.namespace : undefined,
        target.name!,
      ),
    );
  if (!live && applied.metadata.uid) {
    throw conflict(
      subjectOf(target, target.name),
      `uid mismatch: the provided object specified uid ${applied.metadata.uid}, and no existing object was found`,
    );
  }
  const schema = rootSchema(target.version, context.schemas);
  const applier = identityOf(target, options, 'Apply');
  const now = timestamp(context.clock.now());
  const request: ApplyRequest = {
    schema,
    lookup: context.schemas,
    live,
    applied,
    managers: live ? managersOf(context, target, live) : [],
    applier,
    force: options.force ?? false,
    now,
  };
  let result = serverSideApply(request);
  if (
    result.kind === 'conflict' &&
    options.fieldManager === 'kubectl' &&
    isOwnEarlierApply(context, schema, live, result.conflicts)
  ) {
    result = serverSideApply({ ...request, force: true });
  }
  if (result.kind === 'conflict') throw conflictError(result.conflicts);
  const object = withManagers(
    withLastApplied(live, applied, result.object, applier),
    result.managers,
  );
  const tracked = { ...options, managersKnown: true };
  return live
    ? commitUpdate(context, target, live, object, tracked)
    : createObject(context, target, object, tracked);
}

/** What the applier may own through this path: status through its subresource only. */
function ownFields(target: Target, sent: Record<string, unknown>): NewObject {
  const draft = { ...sent, metadata: { ...(sent.metadata as object) } };
  const applied = draft as unknown as NewObject;
  if (!applied.apiVersion || !applied.kind) {
    throw badRequest(
      `invalid object type: /${applied.apiVersion ?? ''}, Kind=${applied.kind ?? ''}`,
    );
  }
  checkIdentity(target, applied);
  const { name = target.name } = applied.metadata;
  if (name !== target.name) {
    throw badRequest(
      `the name of the object (${name}) does not match the name on the URL (${target.name})`,
    );
  }
  if (Array.isArray(applied.metadata.managedFields)) {
    throw badRequest('metadata.managedFields must be nil');
  }
  applied.metadata.name ??= target.name;
  if (target.subresource === 'status') {
    const { apiVersion, kind, metadata, status } = applied;
    const { namespace } = metadata;
    return { apiVersion, kind, metadata: { name, namespace }, status };
  }
  if (target.version.status) delete applied.status;
  return applied;
}

/**
 * Whether the conflicts are only with what kubectl itself applied from the
 * client's side before, and nobody has changed since.
 */
function isOwnEarlierApply(
  context: OperationContext,
  schema: Schema,
  live: StoredObject | undefined,
  conflicts: ApplyConflict[],
): boolean {
  const text = live?.metadata.annotations?.[LAST_APPLIED];
  if (text === undefined) return false;
  const last = parseOrUndefined(text);
  return conflicts.every(({ path }) => {
    const before = valueAt(schema, last, path, context.schemas);
    const now = valueAt(schema, live, path, context.schemas);
    return before !== undefined && equalJson(before, now);
  });
}

/** An annotation that is no JSON was not written by kubectl. */
function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An object that nobody has kept track of is owned by what was before. */
function managersOf(
  context: OperationContext,
  target: Target,
  live: StoredObject,
): Manager[] {
  const managers = readManagers(live.metadata.managedFields);
  if (managers.length > 0) return managers;
  const schema = rootSchema(target.version, context.schemas);
  return [
    {
      ...identityOf(target, { fieldManager: UNTRACKED }, 'Update'),
      time: live.metadata.creationTimestamp,
      fields: fieldsOf(schema, live, context.schemas),
    },
  ];
}

function withManagers(object: unknown, managers: Manager[]): NewObject {
  const draft = object as NewObject;
  return {
    ...draft,
    metadata: { ...draft.metadata, managedFields: writeManagers(managers) },
  };
}

function describeManager(manager: Manager): string {
  const { subresource, apiVersion, operation } = manager;
  const through = subresource ? ` with subresource "${subresource}"` : '';
  const using = operation === 'Update' ? ` using ${apiVersion}` : '';
  return `"${manager.manager}"${through}${using}`;
}

function conflictError(conflicts: ApplyConflict[]) {
  const causes: Cause[] = conflicts.map(({ manager, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${describeManager(manager)}`,
    field: fieldText(path),
  }));
  const listed = causes.map(cause => `${cause.message}: ${cause.field}`);
  return createApiError(
    409,
    'Conflict',
    causes.length === 1
      ? `Apply failed with 1 conflict: ${listed[0]}`
      : `Apply failed with ${causes.length} conflicts: ${listed.join('\n')}`,
    { causes },
  );
}
