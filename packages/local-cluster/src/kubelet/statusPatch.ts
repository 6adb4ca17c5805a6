import { StoredObject } from '../api/clusterApi';
import { Condition, conditionOf } from '../controllers/objects/pod';
import { equalJson as same } from '../storage/equalJson';
import { Life } from './podStatus';

/**
 * The patch that turns the pod's status into the wanted one. Conditions are
 * merged by type, so that those of others (readiness gates) stay; fields of a
 * condition that are no longer there become null, which deletes them.
 */
export function statusPatch(
  pod: StoredObject,
  wanted: Life['status'],
): Record<string, unknown> | undefined {
  const current = (pod.status ?? {}) as Record<string, unknown>;
  const patch: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(wanted)) {
    if (field === 'conditions' || same(current[field], value)) continue;
    patch[field] = value;
  }
  const changed = wanted.conditions.some(
    entry => !sameCondition(conditionOf(pod, entry.type), entry),
  );
  if (changed) {
    patch.conditions = wanted.conditions.map(entry => ({
      ...erased(conditionOf(pod, entry.type)),
      ...entry,
    }));
  }
  return Object.keys(patch).length > 0 ? patch : undefined;
}

function sameCondition(left: Condition | undefined, right: Condition) {
  return (
    left?.status === right.status &&
    (left.reason ?? undefined) === right.reason &&
    (left.message ?? undefined) === right.message
  );
}

/** What a condition said before, as nulls. */
function erased(known: Condition | undefined) {
  return {
    ...(known?.reason !== undefined && { reason: null }),
    ...(known?.message !== undefined && { message: null }),
  };
}
