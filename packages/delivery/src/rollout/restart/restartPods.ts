import type {
  KubeObject,
  Pod,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import type { RolloutContext } from '../context';
import { isLeaving, podsOf } from '../revisions/podsOf';
import type { Revision } from '../revisions/revision';
import { scalingLimits } from '../scaling/limits';
import { parseTime } from '../time';
import { asksForRestart } from './asksForRestart';
import { isSelectedBy } from './isSelectedBy';

/** How soon to ask again when a disruption budget allows nothing. */
const RETRY_MILLISECONDS = 10_000;

interface DisruptionBudget extends KubeObject {
  spec?: { selector?: Parameters<typeof isSelectedBy>[1] };
  status?: { disruptionsAllowed?: number };
}

/** Stable first, then current, then the rest from the oldest. */
function inOrder({ stable, current, others }: RolloutContext): Revision[] {
  return [...new Set([...(stable ? [stable] : []), current, ...others])].filter(
    each => each.exists && each.replicas > 0,
  );
}

function isForbidden(pod: Pod, budgets: DisruptionBudget[]): boolean {
  return budgets.some(
    ({ spec, status }) =>
      // Of a budget, an empty selector is every pod, and none at all is no pod.
      spec?.selector &&
      isSelectedBy(pod.metadata.labels, spec.selector) &&
      status?.disruptionsAllowed === 0,
  );
}

/**
 * Of a revision's pods. The count in its status may still have one that has
 * just been evicted.
 */
function readyPods(context: RolloutContext, revision: Revision): number {
  return podsOf(context, revision).filter(
    pod =>
      !isLeaving(pod) &&
      pod.status?.conditions?.some(
        each => each.type === 'Ready' && each.status === 'True',
      ),
  ).length;
}

/**
 * Evicts the pods that are older than `spec.restartAt`, no more at a time than
 * maxUnavailable allows but always one, and only while the others are
 * available. Source: docs, features/restart.
 */
export function restartPods(context: RolloutContext): void {
  const { rollout, draft, now, snapshot } = context;
  const { restartAt } = rollout.spec;
  const since = parseTime(restartAt);
  const { status } = draft;
  if (since === undefined || !asksForRestart({ ...rollout, status })) return;
  if (since > now) {
    draft.wake(since);
    return;
  }
  const revisions = inOrder(context);
  const old = revisions.flatMap(revision =>
    podsOf(context, revision).filter(
      pod => (parseTime(pod.metadata.creationTimestamp) ?? now) < since,
    ),
  );
  const whole = revisions.every(
    revision => podsOf(context, revision).length >= revision.replicas,
  );
  if (!old.length && whole) {
    draft.status.restartedAt = restartAt;
    draft.because('all pods are newer than the restart that was asked for');
    return;
  }
  const wanted = revisions.reduce((sum, each) => sum + each.replicas, 0);
  const leaving = old.filter(
    pod => pod.metadata.deletionTimestamp !== undefined,
  ).length;
  const available = revisions.reduce(
    (sum, each) => sum + Math.min(each.available, readyPods(context, each)),
    0,
  );
  const missing = Math.max(wanted - available, leaving);
  let budget = Math.max(1, scalingLimits(rollout).maxUnavailable) - missing;
  for (const pod of old) {
    if (budget <= 0) return;
    if (pod.metadata.deletionTimestamp !== undefined) continue;
    if (isForbidden(pod, snapshot.disruptionBudgets)) {
      draft.because(
        `a disruption budget forbids the eviction of ${pod.metadata.name}: trying again`,
      );
      draft.wake(now + RETRY_MILLISECONDS);
      return;
    }
    draft.remove(
      'evict',
      RESOURCES.pods,
      pod,
      `evicted ${pod.metadata.name}: it is older than the restart asked for at ${restartAt}`,
    );
    budget--;
  }
}
