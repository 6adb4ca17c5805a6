import { conflict, forbidden } from '../api/apiError';
import { DeleteOptions, ObjectMeta, StoredObject } from '../api/clusterApi';
import { collectionId } from '../kinds/kindDefinition';
import { ownCopy } from '../storage/ownCopy';
import { keyOf, OperationContext, Target, timestamp } from './context';
import { isNamespace } from './finalizeNamespace';
import { readObject } from './readObject';
import { subjectOf } from './subject';

const PROTECTED_NAMESPACES = ['default', 'kube-system', 'kube-public'];

/**
 * Deletes an object, or marks it when something has to happen first: a bound
 * pod ends gracefully, finalizers are honoured, and Foreground or Orphan
 * propagation leaves a finalizer for the garbage collector.
 * Returns the object's last state; it is gone if it has no deletionTimestamp
 * or is no longer found.
 */
export function deleteObject(
  context: OperationContext,
  target: Target,
  options: DeleteOptions,
): StoredObject {
  const previous = readObject(context, target);
  checkPreconditions(target, previous, options);
  if (
    isNamespace(target.kind) &&
    PROTECTED_NAMESPACES.includes(previous.metadata.name)
  ) {
    throw forbidden(subjectOf(target), 'this namespace may not be deleted');
  }

  const finalizers = finalizersFor(previous, options);
  const grace = graceSeconds(target, previous, options);
  const waits =
    finalizers.length > 0 ||
    grace > 0 ||
    (isNamespace(target.kind) && previous.spec?.finalizers?.length > 0);
  const id = collectionId(target.kind);
  const key = keyOf(previous.metadata.namespace, previous.metadata.name);
  if (!waits) {
    return options.dryRun ? previous : context.database.remove(id, key);
  }

  const already = previous.metadata.deletionTimestamp;
  const metadata: ObjectMeta = {
    ...previous.metadata,
    ...(finalizers.length > 0 && { finalizers }),
  };
  const graceBefore = previous.metadata.deletionGracePeriodSeconds ?? 0;
  if (!already || grace < graceBefore) {
    const begun = already
      ? Date.parse(already) - graceBefore * 1000
      : context.clock.now();
    metadata.deletionTimestamp = timestamp(begun + grace * 1000);
    metadata.deletionGracePeriodSeconds = grace;
  }
  if (!already && previous.metadata.generation !== undefined) {
    metadata.generation = previous.metadata.generation + 1;
  }
  const next: StoredObject = { ...previous, metadata };
  if (isNamespace(target.kind))
    next.status = { ...next.status, phase: 'Terminating' };
  if (already && same(metadata, previous.metadata)) return previous;
  return options.dryRun ? ownCopy(next) : context.database.put(id, key, next);
}

function checkPreconditions(
  target: Target,
  previous: StoredObject,
  options: DeleteOptions,
): void {
  const { uid, resourceVersion } = options.preconditions ?? {};
  // Here Kubernetes names the kind, not the resource.
  const { group, kind } = target.kind;
  const subject = { group, resource: kind, name: previous.metadata.name };
  if (uid && uid !== previous.metadata.uid) {
    throw conflict(
      subject,
      `the UID in the precondition (${uid}) does not match the UID in record (${previous.metadata.uid}). The object might have been deleted and then recreated`,
    );
  }
  if (
    resourceVersion &&
    resourceVersion !== previous.metadata.resourceVersion
  ) {
    throw conflict(
      subject,
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${previous.metadata.resourceVersion}). The object might have been modified`,
    );
  }
}

function finalizersFor(
  previous: StoredObject,
  options: DeleteOptions,
): string[] {
  const own = (previous.metadata.finalizers ?? []).filter(
    finalizer =>
      !options.propagationPolicy ||
      (finalizer !== 'foregroundDeletion' && finalizer !== 'orphan'),
  );
  if (options.propagationPolicy === 'Foreground')
    own.push('foregroundDeletion');
  if (options.propagationPolicy === 'Orphan') own.push('orphan');
  return own;
}

/**
 * Only a pod that has been bound to a node and still runs ends gracefully.
 * When it is ending already, the time it has can only be shortened, and only
 * by who says to how much.
 */
function graceSeconds(
  target: Target,
  previous: StoredObject,
  options: DeleteOptions,
): number {
  if (target.kind.group !== '' || target.kind.kind !== 'Pod') return 0;
  const { gracePeriodSeconds: asked } = options;
  const pending = previous.metadata.deletionGracePeriodSeconds;
  if (pending) return Math.min(pending, nonNegative(asked ?? pending));
  if (!previous.spec?.nodeName) return 0;
  const phase = previous.status?.phase;
  if (phase === 'Succeeded' || phase === 'Failed') return 0;
  return nonNegative(
    asked ?? previous.spec.terminationGracePeriodSeconds ?? 30,
  );
}

/** Kubernetes takes less than nothing for the shortest grace there is. */
function nonNegative(seconds: number): number {
  return seconds < 0 ? 1 : seconds;
}

function same(left: ObjectMeta, right: ObjectMeta): boolean {
  return (
    left.deletionTimestamp === right.deletionTimestamp &&
    left.deletionGracePeriodSeconds === right.deletionGracePeriodSeconds &&
    JSON.stringify(left.finalizers) === JSON.stringify(right.finalizers)
  );
}
