import { StoredObject } from '../api/clusterApi';
import { Condition, conditionOf } from '../controllers/objects/pod';
import { timestamp } from '../controllers/objects/time';
import { ContainerMoment } from './containerLife';
import { PodWorld } from './podWorld';

/** The conditions that the kubelet and the scheduler say of a pod at `now`. */
export function conditionsOf(
  pod: StoredObject,
  moments: ContainerMoment[],
  initDone: boolean,
  phase: string,
  world: PodWorld,
  now: number,
): Condition[] {
  const ready = moments.every(moment => moment.ready) && moments.length > 0;
  const unready = moments
    .filter(moment => !moment.ready)
    .map(moment => moment.status.name);
  const gates = (
    (pod.spec.readinessGates ?? []) as { conditionType: string }[]
  ).filter(gate => conditionOf(pod, gate.conditionType)?.status !== 'True');
  const at = (type: string, ok: boolean, reason?: string, message?: string) =>
    condition(pod, type, ok, now, reason, message);
  const completed = phase === 'Succeeded' ? 'PodCompleted' : undefined;
  const notReady = completed ?? 'ContainersNotReady';
  const missing = completed
    ? undefined
    : `containers with unready status: [${unready.join(' ')}]`;
  return [
    {
      type: 'PodScheduled',
      status: 'True',
      lastTransitionTime:
        conditionOf(pod, 'PodScheduled')?.lastTransitionTime ??
        timestamp(world.boundAt),
    },
    at(
      'Initialized',
      initDone,
      initDone ? undefined : 'ContainersNotInitialized',
    ),
    ready
      ? at('ContainersReady', true)
      : at('ContainersReady', false, notReady, missing),
    ready && gates.length > 0
      ? at(
          'Ready',
          false,
          'ReadinessGatesNotReady',
          `the status of pod readiness gate "${gates[0]!.conditionType}" is not "True", but False`,
        )
      : at(
          'Ready',
          ready,
          ready ? undefined : notReady,
          ready ? undefined : missing,
        ),
  ];
}

function condition(
  pod: StoredObject,
  type: string,
  ok: boolean,
  now: number,
  reason?: string,
  message?: string,
): Condition {
  const status = ok ? 'True' : 'False';
  const known = conditionOf(pod, type);
  return {
    type,
    status,
    ...(reason && { reason }),
    ...(message && { message }),
    lastTransitionTime:
      known?.status === status && known.lastTransitionTime
        ? known.lastTransitionTime
        : timestamp(now),
  };
}
