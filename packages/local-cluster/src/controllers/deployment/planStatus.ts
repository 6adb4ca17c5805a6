import { StoredObject } from '../../api/clusterApi';
import { Condition, conditionOf } from '../objects/pod';
import { timestamp } from '../objects/time';
import { Bounds } from './bounds';
import { availableOf, replicasOf, total } from './revisions';

export interface DeploymentStatus {
  status: Record<string, unknown>;
  /** When the progress deadline passes, if it is running. Milliseconds since the epoch. */
  wakeAt?: number;
}

/** The status of a deployment, from what its ReplicaSets report. Pure. */
export function planStatus(
  deployment: StoredObject,
  current: StoredObject | undefined,
  all: StoredObject[],
  { maxUnavailable }: Bounds,
  collisionCount: number | undefined,
  now: number,
): DeploymentStatus {
  const count = (field: string) => (replicaSet: StoredObject) =>
    (replicaSet.status?.[field] as number | undefined) ?? 0;
  const wanted = replicasOf(deployment);
  const available = total(all, availableOf);
  const replicas = total(all, count('replicas'));
  const counts = {
    replicas,
    updatedReplicas: current ? count('replicas')(current) : 0,
    readyReplicas: total(all, count('readyReplicas')),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, total(all, replicasOf) - available),
  };
  const enough = available >= wanted - maxUnavailable;
  const progress = progressing(deployment, current, counts, now);
  const conditions = [
    changed(
      deployment,
      {
        type: 'Available',
        status: enough ? 'True' : 'False',
        reason: enough
          ? 'MinimumReplicasAvailable'
          : 'MinimumReplicasUnavailable',
        message: enough
          ? 'Deployment has minimum availability.'
          : 'Deployment does not have minimum availability.',
      },
      now,
    ),
    ...(progress.condition
      ? [changed(deployment, progress.condition, now, progress.moved)]
      : []),
  ];
  return {
    status: {
      observedGeneration: deployment.metadata.generation,
      ...Object.fromEntries(
        Object.entries(counts).filter(([, value]) => value > 0),
      ),
      conditions,
      ...(collisionCount !== undefined && { collisionCount }),
    },
    wakeAt: progress.wakeAt,
  };
}

interface Counts {
  replicas: number;
  updatedReplicas: number;
  availableReplicas: number;
}

function progressing(
  deployment: StoredObject,
  current: StoredObject | undefined,
  counts: Counts,
  now: number,
): {
  condition?: Omit<Condition, 'lastTransitionTime'>;
  moved: boolean;
  wakeAt?: number;
} {
  const known = conditionOf(deployment, 'Progressing');
  const is = (
    status: Condition['status'],
    reason: string,
    message: string,
  ) => ({
    type: 'Progressing',
    status,
    reason,
    message,
  });
  if (deployment.spec.paused) {
    return {
      condition: is('Unknown', 'DeploymentPaused', 'Deployment is paused'),
      moved: false,
    };
  }
  const name = current
    ? `ReplicaSet "${current.metadata.name}"`
    : `Deployment "${deployment.metadata.name}"`;
  const wanted = replicasOf(deployment);
  const complete =
    current !== undefined &&
    counts.updatedReplicas === wanted &&
    counts.replicas === wanted &&
    counts.availableReplicas === wanted;
  if (complete) {
    const message = `${name} has successfully progressed.`;
    return {
      condition: is('True', 'NewReplicaSetAvailable', message),
      moved: false,
    };
  }
  const before = deployment.status ?? {};
  const moved =
    counts.updatedReplicas > (before.updatedReplicas ?? 0) ||
    counts.availableReplicas > (before.availableReplicas ?? 0) ||
    counts.replicas - counts.updatedReplicas <
      (before.replicas ?? 0) - (before.updatedReplicas ?? 0) ||
    known?.status === 'Unknown' ||
    known?.reason === 'NewReplicaSetAvailable';
  const deadline = (deployment.spec.progressDeadlineSeconds ?? 600) * 1000;
  const since = Date.parse(known?.lastUpdateTime ?? '');
  if (moved || !known || Number.isNaN(since)) {
    const condition = known
      ? is('True', 'ReplicaSetUpdated', `${name} is progressing.`)
      : is(
          'True',
          'NewReplicaSetCreated',
          `Created new replica set "${current?.metadata.name}"`,
        );
    return { condition, moved: true, wakeAt: now + deadline + 1000 };
  }
  if (known.reason === 'ProgressDeadlineExceeded' || now >= since + deadline) {
    const message = `${name} has timed out progressing.`;
    return {
      condition: is('False', 'ProgressDeadlineExceeded', message),
      moved: false,
    };
  }
  return { condition: known, moved: false, wakeAt: since + deadline };
}

/** A condition with its times: of the last change of status, and of the last news. */
function changed(
  deployment: StoredObject,
  condition: Omit<Condition, 'lastTransitionTime'>,
  now: number,
  news = false,
): Condition {
  const { type, status, reason, message } = condition;
  const known = conditionOf(deployment, type);
  const sameStatus = known?.status === status;
  const silent = sameStatus && known.reason === reason && !news;
  return {
    type,
    status,
    reason,
    message,
    lastTransitionTime: sameStatus ? known.lastTransitionTime : timestamp(now),
    lastUpdateTime: silent ? known.lastUpdateTime : timestamp(now),
  };
}
