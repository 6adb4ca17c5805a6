import type {
  ObjectMeta,
  Pod,
  ReplicaSet,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { applyMergePatch } from './applyPatch';
import { formatTime } from '../rollout/time';

/**
 * How long pods of a ReplicaSet take to become ready, in milliseconds;
 * `undefined`: they never do.
 */
export type PodLife = (
  replicaSet: ReplicaSet,
  /** Which of the ReplicaSet's pods, from 0, as they were created. */
  ordinal: number,
) => number | undefined;

type Metadata = Pick<ObjectMeta, 'labels' | 'annotations'>;

interface SimulatedPod {
  name: string;
  ordinal: number;
  createdAt: number;
  /** As its template had it when it was made, and as it was changed since. */
  metadata: Metadata;
}

function metadataOf({ spec }: ReplicaSet): Metadata {
  const { labels, annotations } = spec.template.metadata ?? {};
  return { labels, annotations };
}

/** Before all time: such a pod is ready from the start. */
const ALWAYS = 0;

/** Pods as a ReplicaSet controller and a kubelet would make them. */
export class SimulatedPods {
  readonly #pods = new Map<string, SimulatedPod[]>();
  #count = 0;

  constructor(private readonly life: PodLife) {}

  /** The same pods, which go their own way from here. */
  fork(): SimulatedPods {
    const copy = new SimulatedPods(this.life);
    for (const [name, pods] of this.#pods) copy.#pods.set(name, pods);
    copy.#count = this.#count;
    return copy;
  }

  #of(replicaSet: ReplicaSet): SimulatedPod[] {
    return this.#pods.get(replicaSet.metadata.name) ?? [];
  }

  #readyAt(replicaSet: ReplicaSet, pod: SimulatedPod): number {
    if (pod.createdAt === ALWAYS) return ALWAYS;
    const delay = this.life(replicaSet, pod.ordinal);
    return delay === undefined ? Infinity : pod.createdAt + delay;
  }

  #availableAt(replicaSet: ReplicaSet, pod: SimulatedPod): number {
    const seconds = replicaSet.spec.minReadySeconds ?? 0;
    return this.#readyAt(replicaSet, pod) + seconds * 1_000;
  }

  #add(
    replicaSet: ReplicaSet,
    ordinal: number,
    createdAt: number,
  ): SimulatedPod {
    this.#count++;
    const name = `${replicaSet.metadata.name}-${this.#count}`;
    return { name, ordinal, createdAt, metadata: metadataOf(replicaSet) };
  }

  /** Gives a ReplicaSet that was there before all its pods, ready. */
  seed(replicaSet: ReplicaSet): void {
    const ready = replicaSet.status?.availableReplicas ?? 0;
    this.#pods.set(
      replicaSet.metadata.name,
      Array.from(
        { length: Math.min(ready, replicaSet.spec.replicas ?? 1) },
        (_, ordinal) => this.#add(replicaSet, ordinal, ALWAYS),
      ),
    );
  }

  /** Makes the pods that are asked for; the youngest go first. */
  follow(replicaSet: ReplicaSet, now: number): void {
    const wanted = replicaSet.spec.replicas ?? 1;
    const pods = this.#of(replicaSet).slice(0, wanted);
    while (pods.length < wanted) {
      pods.push(this.#add(replicaSet, pods.length, now));
    }
    this.#pods.set(replicaSet.metadata.name, pods);
  }

  /** Changes labels and annotations of a pod by a merge patch. */
  relabel(name: string, patch: unknown): void {
    const { metadata } = patch as { metadata?: unknown };
    for (const [owner, pods] of this.#pods) {
      if (!pods.some(pod => pod.name === name)) continue;
      this.#pods.set(
        owner,
        pods.map(pod =>
          pod.name === name
            ? {
                ...pod,
                metadata: applyMergePatch(pod.metadata, metadata) as Metadata,
              }
            : pod,
        ),
      );
    }
  }

  evict(name: string, now: number): void {
    for (const [owner, pods] of this.#pods) {
      const index = pods.findIndex(pod => pod.name === name);
      if (index < 0) continue;
      this.#count++;
      this.#pods.set(owner, [
        ...pods.filter((_, i) => i !== index),
        {
          name: `${owner}-${this.#count}`,
          ordinal: pods[index]?.ordinal ?? index,
          createdAt: now,
          metadata: pods[index]?.metadata ?? {},
        },
      ]);
    }
  }

  statusOf(replicaSet: ReplicaSet, now: number): ReplicaSet['status'] {
    const pods = this.#of(replicaSet);
    const count = (at: (pod: SimulatedPod) => number) =>
      pods.filter(pod => at(pod) <= now).length;
    return {
      replicas: pods.length,
      readyReplicas: count(pod => this.#readyAt(replicaSet, pod)),
      availableReplicas: count(pod => this.#availableAt(replicaSet, pod)),
    };
  }

  /** When pods of it become ready and available. */
  changesOf(replicaSet: ReplicaSet): number[] {
    return this.#of(replicaSet)
      .flatMap(pod => [
        this.#readyAt(replicaSet, pod),
        this.#availableAt(replicaSet, pod),
      ])
      .filter(Number.isFinite);
  }

  objects(replicaSet: ReplicaSet, now: number): Pod[] {
    return this.#of(replicaSet).map(pod => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: pod.name,
        namespace: replicaSet.metadata.namespace,
        uid: `uid-${pod.name}`,
        ...pod.metadata,
        creationTimestamp: formatTime(pod.createdAt),
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'ReplicaSet',
            name: replicaSet.metadata.name,
            uid: replicaSet.metadata.uid ?? '',
            controller: true,
          },
        ],
      },
      spec: replicaSet.spec.template.spec,
      status: {
        phase: 'Running',
        conditions: [
          {
            type: 'Ready',
            status: this.#readyAt(replicaSet, pod) <= now ? 'True' : 'False',
          },
        ],
      },
    }));
  }
}
