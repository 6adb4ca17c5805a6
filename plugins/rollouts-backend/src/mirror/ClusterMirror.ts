import type {
  KubeObject,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  Reflector,
  type Clock,
  type KubeClient,
  type ReflectorStatus,
  type Store,
} from '@progressive-delivery/kube';
import { clusterHealth, type ClusterHealth } from './clusterHealth';
import {
  MIRROR_KINDS,
  createMirrorStores,
  ownerUid,
  type MirrorName,
  type MirrorStores,
} from './MirrorStores';

export interface ClusterMirrorOptions {
  client: Pick<KubeClient, 'list' | 'watch'>;
  namespace?: string;
  clock: Clock;
  onSubscriberError: (error: unknown) => void;
  /** A rollout, or anything that belongs to it, has changed or gone. */
  onRolloutChange: (rollout: Rollout, gone: boolean) => void;
  onHealthChange: () => void;
}

/**
 * What the portal knows of one cluster: kept by list and watch, never by
 * looking something up for a page.
 */
export class ClusterMirror {
  readonly stores: MirrorStores;
  readonly #options: ClusterMirrorOptions;
  readonly #reflectors = new Map<MirrorName, Reflector<KubeObject>>();

  constructor(options: ClusterMirrorOptions) {
    this.#options = options;
    this.stores = createMirrorStores(options.onSubscriberError);
    for (const name of Object.keys(MIRROR_KINDS) as MirrorName[]) {
      const { resource, fieldSelector, project } = MIRROR_KINDS[name];
      this.#reflectors.set(
        name,
        new Reflector<KubeObject>({
          client: options.client,
          resource,
          fieldSelector,
          // The projection above makes what this store holds.
          store: this.stores[name] as unknown as Store<KubeObject>,
          project,
          namespace: resource.namespaced ? options.namespace : undefined,
          clock: options.clock,
          onStatus: options.onHealthChange,
        }),
      );
    }
    this.#follow();
  }

  get health(): ClusterHealth {
    return clusterHealth(
      Object.fromEntries(
        [...this.#reflectors].map(([name, { status }]) => [name, status]),
      ) as Record<MirrorName, ReflectorStatus>,
    );
  }

  start(): void {
    for (const reflector of this.#reflectors.values()) {
      reflector.start();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(
      [...this.#reflectors.values()].map(reflector => reflector.stop()),
    );
  }

  #follow(): void {
    const { stores } = this;
    stores.rollouts.subscribe(change =>
      this.#options.onRolloutChange(change.object, change.type === 'deleted'),
    );
    stores.replicaSets.subscribe(({ object }) => this.#touch(ownerUid(object)));
    stores.pods.subscribe(({ object }) => {
      const [replicaSet] = stores.replicaSets.byIndex(
        'uid',
        ownerUid(object) ?? '',
      );
      this.#touch(replicaSet && ownerUid(replicaSet));
    });
    stores.analysisRuns.subscribe(({ object }) =>
      this.#touch(ownerUid(object)),
    );
    stores.rolloutEvents.subscribe(({ object }) =>
      this.#touch(object.involvedObject?.uid),
    );
    stores.analysisRunEvents.subscribe(({ object }) => {
      const [run] = stores.analysisRuns.byIndex(
        'uid',
        object.involvedObject?.uid ?? '',
      );
      this.#touch(run && ownerUid(run));
    });
    // Named by rollouts rather than owned: whoever is near may show a problem.
    for (const name of [
      'services',
      'virtualServices',
      'analysisTemplates',
    ] as const) {
      stores[name].subscribe(change => {
        if (change.type !== 'modified') {
          this.#touchNamespace(change.object.metadata.namespace);
        }
      });
    }
  }

  #touch(uid: string | undefined): void {
    if (uid === undefined) {
      return;
    }
    for (const rollout of this.stores.rollouts.byIndex('uid', uid)) {
      this.#options.onRolloutChange(rollout, false);
    }
  }

  #touchNamespace(namespace: string | undefined): void {
    for (const rollout of this.stores.rollouts.list(namespace)) {
      this.#options.onRolloutChange(rollout, false);
    }
  }
}
