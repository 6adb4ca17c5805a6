import { conflict, invalid, staleVersion } from '../api/apiError';
import { NewObject, ObjectMeta, StoredObject } from '../api/clusterApi';
import { collectionId, KindDefinition } from '../kinds/kindDefinition';
import { equalJson } from '../storage/equalJson';
import { mutableCopy } from '../storage/mutableCopy';
import { ownCopy } from '../storage/ownCopy';
import { admit, admitStatus } from './admit';
import { keyOf, OperationContext, RequestOptions, Target } from './context';
import { isHeld, withFinalizers } from './finalizeNamespace';
import { checkIdentity, checkMetadata } from './identity';
import { omitEmpty } from './omitEmpty';
import { trackManagers } from './trackManagers';
import { subjectOf } from './subject';

/**
 * The common end of update, patch and apply: takes what the object is to be,
 * keeps what the caller may not change, and writes it if anything differs.
 * An object that is being deleted goes when its last finalizer does.
 */
export function commitUpdate(
  context: OperationContext,
  target: Target,
  previous: StoredObject,
  wanted: NewObject,
  options: RequestOptions,
): StoredObject {
  checkPreconditions(target, previous, wanted);
  const next = nextState(context, target, previous, wanted, options);
  if (equalJson(next, previous)) return previous;
  if (options.dryRun) return ownCopy(next);

  const id = collectionId(target.kind);
  const { namespace, name, deletionTimestamp } = next.metadata;
  const key = keyOf(namespace, name);
  const gone = deletionTimestamp && !isHeld(target.kind, next);
  return gone
    ? context.database.remove(id, key, next)
    : context.database.put(id, key, next);
}

function nextState(
  context: OperationContext,
  target: Target,
  previous: StoredObject,
  wanted: NewObject,
  options: RequestOptions,
): StoredObject {
  switch (target.subresource) {
    case 'status':
      return withStatus(context, target, previous, wanted, options);
    case 'finalize':
      return withFinalizers(previous, wanted);
    default:
      return withoutStatus(context, target, previous, wanted, options);
  }
}

function checkPreconditions(
  target: Target,
  previous: StoredObject,
  wanted: NewObject,
): void {
  const { uid, resourceVersion } = wanted.metadata ?? {};
  const subject = subjectOf(target, previous.metadata.name);
  if (uid && uid !== previous.metadata.uid) {
    throw conflict(
      subject,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${previous.metadata.uid}`,
    );
  }
  if (
    resourceVersion &&
    resourceVersion !== previous.metadata.resourceVersion
  ) {
    throw staleVersion(subject);
  }
}

function withStatus(
  context: OperationContext,
  target: Target,
  previous: StoredObject,
  wanted: NewObject,
  options: RequestOptions,
): StoredObject {
  const { status: _, ...rest } = previous;
  const part: NewObject = { metadata: previous.metadata };
  if (wanted.status !== undefined && wanted.status !== null) {
    part.status = mutableCopy(wanted.status);
  }
  admitStatus(context, target, part, options);
  const draft: StoredObject = { ...rest, metadata: { ...rest.metadata } };
  if (part.status !== undefined) draft.status = part.status;
  if (options.managersKnown) {
    draft.metadata.managedFields = wanted.metadata.managedFields;
  }
  trackManagers(context, target, previous, draft, options);
  return draft;
}

function withoutStatus(
  context: OperationContext,
  target: Target,
  previous: StoredObject,
  wanted: NewObject,
  options: RequestOptions,
): StoredObject {
  const { kind, version } = target;
  const draft = mutableCopy(wanted);
  checkIdentity(target, draft);
  draft.metadata = keepServerFields(previous, draft.metadata);
  checkMetadata(target, draft);
  omitEmpty(draft.metadata);
  checkFinalizers(target, previous, draft);
  if (version.status) {
    if (previous.status === undefined) delete draft.status;
    else draft.status = previous.status;
  }
  kind.rules.prepareUpdate?.(draft, previous);
  admit(context, target, draft, previous, options);
  if (
    kind.generation !== 'none' &&
    // A pod's node is not part of what its author wanted.
    target.subresource !== 'binding' &&
    meansChange(kind, version.status, previous, draft)
  ) {
    draft.metadata.generation = (previous.metadata.generation ?? 0) + 1;
  }
  trackManagers(context, target, previous, draft, options);
  return draft as StoredObject;
}

function keepServerFields(
  previous: StoredObject,
  wanted: Partial<ObjectMeta>,
): Partial<ObjectMeta> {
  const {
    name,
    namespace,
    generateName,
    uid,
    resourceVersion,
    generation,
    creationTimestamp,
    deletionTimestamp,
    deletionGracePeriodSeconds,
  } = previous.metadata;
  const kept: Partial<ObjectMeta> = { ...wanted };
  const server = {
    name,
    namespace,
    generateName,
    uid,
    resourceVersion,
    generation,
    creationTimestamp,
    deletionTimestamp,
    deletionGracePeriodSeconds,
  };
  for (const [field, value] of Object.entries(server)) {
    if (value === undefined) delete kept[field as keyof ObjectMeta];
    else Object.assign(kept, { [field]: value });
  }
  return kept;
}

function checkFinalizers(
  target: Target,
  previous: StoredObject,
  draft: NewObject,
): void {
  if (!previous.metadata.deletionTimestamp) return;
  const before = previous.metadata.finalizers ?? [];
  const added = (draft.metadata.finalizers ?? []).filter(
    finalizer => !before.includes(finalizer),
  );
  if (added.length > 0) {
    const { group, kind } = target.kind;
    throw invalid({ group, kind, name: previous.metadata.name }, [
      {
        reason: 'FieldValueForbidden',
        field: 'metadata.finalizers',
        message: `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map(name => JSON.stringify(name)).join(', ')}}`,
      },
    ]);
  }
}

function meansChange(
  kind: KindDefinition,
  hasStatus: boolean,
  previous: StoredObject,
  next: NewObject,
): boolean {
  if (kind.generation === 'spec') return !equalJson(previous.spec, next.spec);
  const {
    metadata: _a,
    status: statusBefore,
    apiVersion: _b,
    ...before
  } = previous;
  const { metadata: _c, status: statusAfter, apiVersion: _d, ...after } = next;
  return (
    !equalJson(before, after) ||
    (!hasStatus && !equalJson(statusBefore, statusAfter))
  );
}
