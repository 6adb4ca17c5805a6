import type { Condition } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { formatTime } from '../time';

/** A condition as decided now, before times are noted. */
export interface NewCondition {
  type: string;
  status: Condition['status'];
  reason: string;
  message: string;
}

/**
 * The list with one condition set: the transition time changes with the
 * status, the update time with anything. `touch` renews the update time though
 * nothing else changed: it is how progress is noted.
 */
export function setCondition(
  conditions: Condition[],
  condition: NewCondition,
  now: number,
  touch: boolean = false,
): Condition[] {
  const old = conditions.find(each => each.type === condition.type);
  const isSame =
    old !== undefined &&
    old.status === condition.status &&
    old.reason === condition.reason &&
    old.message === condition.message;
  if (isSame && !touch) return conditions;
  const at = formatTime(now);
  const next: Condition = {
    ...condition,
    lastUpdateTime: at,
    lastTransitionTime:
      old?.status === condition.status ? (old.lastTransitionTime ?? at) : at,
  };
  return old
    ? conditions.map(each => (each === old ? next : each))
    : [...conditions, next];
}
