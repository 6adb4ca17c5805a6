import {
  type AnyObject,
  type KubeClient,
  RESOURCES,
  Reflector,
  type Resource,
  Store,
} from '@progressive-delivery/kube';
import type {
  ObjectSource,
  StoredObject,
} from '@progressive-delivery/local-cluster';

const EVENT_TYPES = {
  added: 'ADDED',
  modified: 'MODIFIED',
  deleted: 'DELETED',
} as const;

/** One namespace of a cluster, mirrored kind by kind. */
export class RemoteObjects implements ObjectSource {
  readonly #stores = new Map<string, Store<AnyObject>>();
  readonly #reflectors: Reflector<AnyObject>[] = [];

  static async start(
    client: KubeClient,
    namespace: string,
    resources: Resource[],
  ): Promise<RemoteObjects> {
    const objects = new RemoteObjects();
    for (const resource of resources) {
      const store = new Store<AnyObject>();
      const reflector = new Reflector({ client, resource, namespace, store });
      objects.#stores.set(resource.plural, store);
      objects.#reflectors.push(reflector);
      reflector.start();
    }
    for (const [plural, store] of objects.#stores) {
      if (!(await store.waitForSync())) {
        throw new Error(`The ${plural} of ${namespace} cannot be listed`);
      }
    }
    return objects;
  }

  store(resource: Resource): Store<AnyObject> {
    return this.#store(resource.plural);
  }

  list({ resource }: { resource: string }): StoredObject[] {
    return this.#store(resource).list() as StoredObject[];
  }

  watch: ObjectSource['watch'] = ({ resource }, onEvent) =>
    this.#store(resource).subscribe(({ type, object }) =>
      onEvent({ type: EVENT_TYPES[type], object: object as StoredObject }),
    );

  async stop() {
    await Promise.all(this.#reflectors.map(reflector => reflector.stop()));
  }

  #store(plural: string): Store<AnyObject> {
    const store = this.#stores.get(plural);
    if (!store) throw new Error(`${plural} are not mirrored`);
    return store;
  }
}

/** What the data plane reads, and what a scenario observes. */
export const OBSERVED = [
  RESOURCES.pods,
  RESOURCES.services,
  RESOURCES.endpointSlices,
  RESOURCES.virtualServices,
  RESOURCES.destinationRules,
  RESOURCES.rollouts,
  RESOURCES.replicaSets,
  RESOURCES.analysisRuns,
  RESOURCES.events,
];
