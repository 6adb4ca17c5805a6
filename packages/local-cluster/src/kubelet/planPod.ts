import { StoredObject } from '../api/clusterApi';
import { Condition, conditionOf } from '../controllers/objects/pod';
import { equalJson as same } from '../storage/equalJson';
import { earliest } from '../controllers/objects/earliest';
import { timestamp } from '../controllers/objects/time';
import {
  containerAt,
  ContainerMoment,
  ContainerSpec,
  hookMs,
  RestartPolicy,
} from './containerLife';

/** What the kubelet knows beside the pod itself. Times in milliseconds since the epoch. */
export interface PodWorld {
  nodeName: string;
  hostIP: string;
  /** This pod's address, the same at each call. */
  podIP: string;
  /** How long this pod takes from being bound to its containers running. */
  startDelayMs: number;
  /** How long a container takes to stop once it is told to. */
  shutdownMs: number;
  /** When the pod was first seen bound. Status times have whole seconds only. */
  boundAt: number;
  /** When the pod was first seen terminating. */
  terminatingSince?: number;
}

/** What to do with one pod now. */
export interface PodPlan {
  /** Bind the pod to this node. */
  bind?: string;
  /** Strategic-merge patch for the pod's `status`: changed fields only. */
  status?: Record<string, unknown>;
  /** The pod has ended: delete it with grace 0 and its uid as precondition. */
  remove?: boolean;
  /** When to look again. Milliseconds since the epoch. */
  wakeAt?: number;
}

/**
 * The whole life of a pod as a function of time: what its status should be
 * at `now`, as the difference to what it is. Pure and level-based; calling it
 * late or twice does no harm.
 *
 * Implemented: binding, start delay, images that cannot be pulled, commands
 * as `programOf` reads them, restarts with back-off, init containers,
 * readiness (initialDelaySeconds, postStart, exec probes that can only fail,
 * readinessGates), activeDeadlineSeconds, graceful termination with preStop.
 * Not implemented: resources and scheduling constraints (one node takes all),
 * liveness probes, HTTP and TCP probes (they succeed), volumes, ephemeral
 * containers, images changed in place.
 */
export function planPod(
  pod: StoredObject,
  world: PodWorld,
  now: number,
): PodPlan {
  const { nodeName } = pod.spec;
  if (!nodeName) {
    const gated = (pod.spec.schedulingGates?.length ?? 0) > 0;
    return gated || pod.metadata.deletionTimestamp
      ? {}
      : { bind: world.nodeName };
  }
  if (nodeName !== world.nodeName) return {};
  if (pod.metadata.deletionTimestamp) return planTermination(pod, world, now);
  if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') {
    return {};
  }
  const life = lifeAt(pod, world, now);
  return {
    status: difference(pod, life.status),
    ...(life.changesAt !== undefined && { wakeAt: life.changesAt }),
  };
}

function planTermination(
  pod: StoredObject,
  world: PodWorld,
  now: number,
): PodPlan {
  const graceMs = (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000;
  const since =
    world.terminatingSince ??
    Date.parse(pod.metadata.deletionTimestamp!) - graceMs;
  const started = pod.status?.phase === 'Running';
  const hooks = ((pod.spec.containers ?? []) as ContainerSpec[]).map(spec =>
    hookMs(spec.lifecycle?.preStop),
  );
  const takes = started ? Math.max(0, ...hooks) + world.shutdownMs : 0;
  const goneAt = since + Math.min(graceMs, takes);
  return now >= goneAt ? { remove: true } : { wakeAt: goneAt };
}

interface Life {
  status: Record<string, unknown> & { conditions: Condition[] };
  changesAt?: number;
}

function lifeAt(pod: StoredObject, world: PodWorld, now: number): Life {
  const restartPolicy = (pod.spec.restartPolicy ?? 'Always') as RestartPolicy;
  const startsAt = world.boundAt + world.startDelayMs;
  const { uid } = pod.metadata;

  let initialized = startsAt;
  const inits: ContainerMoment[] = [];
  for (const spec of (pod.spec.initContainers ?? []) as ContainerSpec[]) {
    const policy = restartPolicy === 'Never' ? 'Never' : 'OnFailure';
    const moment = containerAt(spec, uid, policy, initialized, now);
    inits.push(moment);
    if (moment.phase !== 'succeeded') break;
    const state = moment.status.state as { terminated: { finishedAt: string } };
    initialized = Math.max(
      initialized,
      Date.parse(state.terminated.finishedAt),
    );
  }
  const initSpecs = (pod.spec.initContainers ?? []) as ContainerSpec[];
  const initDone =
    inits.length === initSpecs.length &&
    inits.every(moment => moment.phase === 'succeeded');
  const initFailed = inits.some(moment => moment.phase === 'failed');

  const moments = ((pod.spec.containers ?? []) as ContainerSpec[]).map(spec =>
    containerAt(
      spec,
      uid,
      restartPolicy,
      initDone ? initialized : Infinity,
      now,
    ),
  );
  const deadline =
    pod.spec.activeDeadlineSeconds === undefined
      ? undefined
      : world.boundAt + pod.spec.activeDeadlineSeconds * 1000;
  const overdue = deadline !== undefined && now >= deadline;
  const phase = overdue || initFailed ? 'Failed' : phaseOf(moments);
  const ended = phase === 'Succeeded' || phase === 'Failed';
  const changes = [...inits, ...moments].map(moment =>
    moment.changesAt === Infinity ? undefined : moment.changesAt,
  );
  return {
    status: {
      phase,
      ...(overdue && {
        reason: 'DeadlineExceeded',
        message:
          'Pod was active on the node longer than the specified deadline',
      }),
      hostIP: world.hostIP,
      hostIPs: [{ ip: world.hostIP }],
      podIP: world.podIP,
      podIPs: [{ ip: world.podIP }],
      startTime: pod.status?.startTime ?? timestamp(world.boundAt),
      qosClass: pod.status?.qosClass ?? 'BestEffort',
      conditions: conditionsOf(pod, moments, initDone, phase, world, now),
      containerStatuses: moments.map(moment => moment.status),
      ...(inits.length > 0 && {
        initContainerStatuses: inits.map(moment => moment.status),
      }),
    },
    changesAt: ended ? undefined : earliest(deadline, ...changes),
  };
}

function phaseOf(moments: ContainerMoment[]): string {
  const is = (phase: ContainerMoment['phase']) => (moment: ContainerMoment) =>
    moment.phase === phase;
  if (moments.every(moment => isOver(moment))) {
    return moments.some(is('failed')) ? 'Failed' : 'Succeeded';
  }
  // A container that ran before and waits for its restart counts as running.
  return moments.some(
    moment =>
      moment.phase === 'running' ||
      isOver(moment) ||
      Object.keys(moment.status.lastState as object).length > 0,
  )
    ? 'Running'
    : 'Pending';
}

function isOver(moment: ContainerMoment) {
  return moment.phase === 'succeeded' || moment.phase === 'failed';
}

function conditionsOf(
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

/**
 * The patch that turns the pod's status into the wanted one. Conditions are
 * merged by type, so that those of others (readiness gates) stay; fields of a
 * condition that are no longer there become null, which deletes them.
 */
function difference(
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
