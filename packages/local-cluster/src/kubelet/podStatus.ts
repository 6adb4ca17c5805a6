import { StoredObject } from '../api/clusterApi';
import { earliest } from '../controllers/objects/earliest';
import { Condition } from '../controllers/objects/pod';
import { timestamp } from '../controllers/objects/time';
import {
  containerAt,
  ContainerMoment,
  ContainerSpec,
  RestartPolicy,
} from './containerLife';
import { conditionsOf } from './podConditions';
import { PodWorld } from './podWorld';

/** A pod's status at one moment, and when it will be another. */
export interface Life {
  status: Record<string, unknown> & { conditions: Condition[] };
  changesAt?: number;
}

/** The status of a bound pod that is not terminating. */
export function lifeAt(pod: StoredObject, world: PodWorld, now: number): Life {
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
