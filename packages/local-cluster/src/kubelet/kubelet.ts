import { Clock } from '../api/clock';
import { StoredObject } from '../api/clusterApi';
import { Log } from '../controllers/queue/log';
import { KeyedQueue } from '../controllers/queue/keyedQueue';
import { planPod, PodPlan, PodWorld } from './planPod';
import { PodActions, PodSource } from './podActions';
import { PodAddresses } from './podAddresses';
import { PodLogs } from './podLogs';

export interface KubeletOptions {
  source: PodSource;
  actions: PodActions;
  clock: Clock;
  log: Log;
  /** 0 ≤ random() < 1. */
  random: () => number;
  logs?: PodLogs;
  nodeName?: string;
  /** From bound to running, drawn per pod. Milliseconds. */
  startDelayMs?: { min: number; max: number };
  /** How long a container takes to stop. Milliseconds. */
  shutdownMs?: number;
}

/** The name of the one node. */
export const NODE_NAME = 'local-node';

interface PodMemory {
  startDelayMs: number;
  boundAt?: number;
  terminatingSince?: number;
  /** A write is under way: over HTTP it takes a while. */
  writing: boolean;
  states: Map<string, string>;
}

/**
 * Gives pods their life: watches them, asks `planPod`, carries the plan out
 * through `PodActions`. What it remembers per pod is only what whole-second
 * timestamps cannot tell; after a restart it goes on from the status.
 */
export function startKubelet(options: KubeletOptions): () => void {
  const { source, actions, clock, log, random } = options;
  const nodeName = options.nodeName ?? NODE_NAME;
  const delay = options.startDelayMs ?? { min: 1000, max: 2000 };
  const pods = new Map<string, StoredObject>();
  const memories = new Map<string, PodMemory>();
  const addresses = new PodAddresses();

  const memoryOf = (uid: string): PodMemory => {
    const memory = memories.get(uid) ?? {
      startDelayMs: delay.min + random() * (delay.max - delay.min),
      writing: false,
      states: new Map<string, string>(),
    };
    memories.set(uid, memory);
    return memory;
  };

  function worldOf(pod: StoredObject, memory: PodMemory): PodWorld {
    const { status, metadata } = pod;
    if (pod.spec.nodeName) {
      memory.boundAt ??= status?.startTime
        ? Date.parse(status.startTime)
        : clock.now();
    }
    if (metadata.deletionTimestamp) memory.terminatingSince ??= clock.now();
    return {
      nodeName,
      hostIP: '127.0.0.1',
      podIP: addresses.of(metadata.uid, status?.podIP),
      startDelayMs: memory.startDelayMs,
      shutdownMs: options.shutdownMs ?? 500,
      boundAt: memory.boundAt ?? clock.now(),
      terminatingSince: memory.terminatingSince,
    };
  }

  const queue = new KeyedQueue({
    name: 'kubelet',
    clock,
    log,
    reconcile(uid) {
      const pod = pods.get(uid);
      if (!pod) return undefined;
      const memory = memoryOf(uid);
      if (memory.writing) return undefined;
      const plan = planPod(pod, worldOf(pod, memory), clock.now());
      const written = carryOut(pod, plan, actions);
      if (plan.status) sayStates(pod, plan.status, memory, options.logs);
      if (written instanceof Promise) {
        memory.writing = true;
        written
          .catch(error => {
            log(`kubelet ${pod.metadata.name}: ${String(error)}`);
            clock.after(1000, () => queue.add(uid));
          })
          .finally(() => {
            memory.writing = false;
            queue.add(uid);
          });
      }
      return { wakeAt: plan.wakeAt };
    },
  });

  const see = (pod: StoredObject) => {
    pods.set(pod.metadata.uid, pod);
    queue.add(pod.metadata.uid);
  };
  const stopWatching = source.watch(({ type, object }) => {
    if (type !== 'DELETED') {
      see(object);
      return;
    }
    const { uid } = object.metadata;
    pods.delete(uid);
    memories.delete(uid);
    addresses.release(uid);
    options.logs?.forget(uid);
  });
  // Addresses in use are known before the first new one is given.
  const existing = source.list();
  for (const pod of existing) {
    if (pod.status?.podIP) addresses.of(pod.metadata.uid, pod.status.podIP);
  }
  existing.forEach(see);
  return () => {
    stopWatching();
    queue.stop();
  };
}

function carryOut(
  pod: StoredObject,
  plan: PodPlan,
  actions: PodActions,
): void | Promise<void> {
  if (plan.bind) return actions.bind(pod, plan.bind);
  if (plan.remove) return actions.remove(pod);
  if (plan.status) return actions.patchStatus(pod, plan.status);
  return undefined;
}

/** Writes to the pod's log when a container changes its state. */
function sayStates(
  pod: StoredObject,
  status: Record<string, unknown>,
  memory: PodMemory,
  logs: PodLogs | undefined,
): void {
  const containers = (status.containerStatuses ?? []) as {
    name: string;
    image: string;
    restartCount: number;
    state: Record<string, { reason?: string; exitCode?: number }>;
  }[];
  for (const { name, image, state, restartCount } of containers) {
    const kind = Object.keys(state)[0] ?? '';
    const said = `${kind}/${restartCount}`;
    if (memory.states.get(name) === said) continue;
    memory.states.set(name, said);
    if (kind === 'running') {
      logs?.append(pod.metadata.uid, name, `started ${image}`);
    }
    if (kind === 'terminated') {
      const { exitCode, reason } = state.terminated!;
      const text = `ended with exit code ${exitCode} (${reason})`;
      logs?.append(pod.metadata.uid, name, text);
    }
  }
}
