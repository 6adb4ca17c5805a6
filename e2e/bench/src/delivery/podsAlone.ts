import { type KubeClient, RESOURCES } from '@progressive-delivery/kube';
import type { ReplicaSet } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { until } from '../../../conformance/src/bed/until';
import type { Arena } from './arena';
import {
  createNamespace,
  deleteNamespace,
  forEach,
  names,
  watch,
} from './fleet';

/** Longer than it has ever taken; seconds. */
const PATIENCE = 900;

/** The pods of one canary on their way. */
class Move {
  readonly from: string;
  readonly to: string;
  /** Pods that the new ReplicaSet has been asked for. */
  #asked = 0;
  isDone = false;

  constructor(
    readonly client: KubeClient,
    readonly namespace: string,
    name: string,
    readonly replicas: number,
  ) {
    this.from = `${name}-old`;
    this.to = `${name}-new`;
  }

  prepare(): Promise<unknown> {
    return this.#create(this.from, this.replicas);
  }

  begin(): Promise<unknown> {
    this.#asked = 1;
    return this.#create(this.to, 1);
  }

  /** So many pods of the new ReplicaSet are ready; may be told again. */
  async see(ready: number): Promise<void> {
    if (this.#asked === 0 || ready < this.#asked) return;
    const moved = this.#asked;
    // At once: the same news may come again before the answers.
    this.#asked = moved < this.replicas ? moved + 1 : Infinity;
    await this.#scale(this.from, this.replicas - moved);
    if (moved < this.replicas) await this.#scale(this.to, moved + 1);
    else this.isDone = true;
  }

  #create(name: string, replicas: number): Promise<unknown> {
    const { client, namespace } = this;
    const labels = { app: name };
    return client.create(RESOURCES.replicaSets, {
      metadata: { namespace, name },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'app', image: 'app:1' }] },
        },
      },
    });
  }

  #scale(name: string, replicas: number): Promise<unknown> {
    const { client, namespace } = this;
    return client.patch(
      RESOURCES.replicaSets,
      { namespace, name },
      { spec: { replicas } },
      { type: 'merge' },
    );
  }
}

/**
 * So many times the pods of a canary, one after the other from an old
 * ReplicaSet to a new one, each as soon as the one before is ready; and
 * nothing else: no rollout, no status, no events. What a controller takes
 * beyond it is its own; on the same control plane none can take less.
 *
 * @returns seconds from the first write until the last pod is ready
 */
export async function runPodsAlone(
  { bed: { client } }: Arena,
  size: number,
  replicas: number,
): Promise<number> {
  const namespace = `pods-alone-${Date.now().toString(36)}`;
  await createNamespace(client, namespace);
  const sets = await watch<ReplicaSet>(client, RESOURCES.replicaSets);
  const ready = (name: string) =>
    sets.store.get(namespace, name)?.status?.readyReplicas ?? 0;
  const moves = names('shop', size).map(
    name => new Move(client, namespace, name, replicas),
  );
  try {
    await forEach(moves, move => move.prepare());
    await until(
      `${size} ReplicaSets to be ready`,
      () => moves.every(({ from }) => ready(from) === replicas),
      { seconds: PATIENCE },
    );
    const begun = performance.now();
    const byTarget = new Map(moves.map(move => [move.to, move]));
    let failure: unknown;
    const stop = sets.store.subscribe(({ object: { metadata } }) => {
      byTarget
        .get(metadata.name)
        ?.see(ready(metadata.name))
        .catch(error => {
          failure = error;
        });
    });
    try {
      await forEach(moves, move => move.begin());
      const left = () => moves.filter(({ isDone }) => !isDone).length;
      await until(
        () => `the pods of ${left()} of ${size} to have moved`,
        () => left() === 0 || failure !== undefined,
        { seconds: PATIENCE, everyMilliseconds: 50 },
      );
    } finally {
      stop();
    }
    if (failure) throw failure;
    return (performance.now() - begun) / 1000;
  } finally {
    await sets.stop();
    await deleteNamespace(client, namespace);
  }
}
