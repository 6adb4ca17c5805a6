import {
  computePhase,
  type LabelSelector,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutContext } from '../context';
import { reconcileConditions } from './reconcileConditions';

/** The selector in the form that the scale subresource and autoscalers read. */
export function selectorText(selector: LabelSelector | undefined): string {
  const labels = Object.entries(selector?.matchLabels ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`);
  const expressions = (selector?.matchExpressions ?? []).map(
    ({ key, operator, values = [] }) => {
      switch (operator) {
        case 'In':
          return `${key} in (${values.join(',')})`;
        case 'NotIn':
          return `${key} notin (${values.join(',')})`;
        case 'Exists':
          return key;
        default:
          return `!${key}`;
      }
    },
  );
  return [...labels, ...expressions].join(',');
}

function writeCounts({
  current,
  stable,
  others,
  rollout,
  draft,
}: RolloutContext): void {
  const all = [...new Set([current, ...(stable ? [stable] : []), ...others])];
  const sum = (count: 'replicas' | 'readyReplicas' | 'availableReplicas') =>
    all.reduce(
      (total, each) => total + (each.replicaSet.status?.[count] ?? 0),
      0,
    );
  const { status } = draft;
  // Blue-green counts, and an autoscaler looks at, those who serve.
  const active =
    rollout.spec.strategy?.blueGreen &&
    all.find(each => each.hash === status.blueGreen?.activeSelector)
      ?.replicaSet;
  status.replicas = sum('replicas');
  status.updatedReplicas = current.actual;
  status.readyReplicas = active
    ? (active.status?.readyReplicas ?? 0)
    : sum('readyReplicas');
  status.availableReplicas = active
    ? (active.status?.availableReplicas ?? 0)
    : sum('availableReplicas');
  status.HPAReplicas = active
    ? (active.status?.replicas ?? 0)
    : status.replicas;
  status.selector = selectorText(
    active?.spec.selector ?? rollout.spec.selector,
  );
}

/**
 * Says when this controller begins or ends a pause. One that a person has
 * ended is not news to anybody: it is gone before this turn begins.
 */
function announcePause({ before, draft }: RolloutContext): void {
  const conditions = draft.status.pauseConditions ?? [];
  const was = Boolean(before.pauseConditions?.length);
  if (was === conditions.length > 0) return;
  if (was) {
    draft.event('RolloutResumed', 'Rollout is resumed');
    return;
  }
  const reasons = conditions.map(each => each.reason).join(', ');
  draft.event('RolloutPaused', `Rollout is paused (${reasons})`);
}

/** Completes the status: counts, conditions, phase and message. */
export function writeStatus(context: RolloutContext): void {
  const { draft, rollout } = context;
  const { status } = draft;
  announcePause(context);
  writeCounts(context);
  if (rollout.spec.workloadRef) {
    const generation = context.snapshot.workload?.metadata.generation;
    status.workloadObservedGeneration = generation?.toString();
  }
  status.observedGeneration = String(rollout.metadata.generation ?? 0);
  reconcileConditions(context);
  const { phase, message } = computePhase({ ...rollout, status });
  status.phase = phase;
  status.message = message || undefined;
}
