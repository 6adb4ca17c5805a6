import {
  type AnyObject,
  type KubeClient,
  Reflector,
  type Resource,
  Store,
  type StoreChange,
} from '@progressive-delivery/kube';

/** The objects of one namespace, as last heard. */
export interface NamespaceObjects {
  list(resource: Resource): AnyObject[];
  get(resource: Resource, name: string): AnyObject | undefined;
  /** Calls back after each change, in order. Returns a function that stops. */
  subscribe(
    resource: Resource,
    callback: (change: StoreChange<AnyObject>) => void,
  ): () => void;
  /** Until one's own write has been heard of. */
  heardOf(resource: Resource, written: AnyObject): Promise<void>;
}

const keyOf = ({ group, plural }: Resource) => `${plural}.${group}`;

/** Kinds of a whole cluster, mirrored once for all scenarios that run on it. */
export class ClusterObjects {
  readonly #stores = new Map<string, Store<AnyObject>>();
  readonly #reflectors: Reflector<AnyObject>[] = [];

  static async start(
    client: KubeClient,
    resources: Resource[],
  ): Promise<ClusterObjects> {
    const objects = new ClusterObjects();
    for (const resource of resources) {
      const store = new Store<AnyObject>();
      const reflector = new Reflector({ client, resource, store });
      objects.#stores.set(keyOf(resource), store);
      objects.#reflectors.push(reflector);
      reflector.start();
    }
    for (const [key, store] of objects.#stores) {
      if (!(await store.waitForSync())) {
        throw new Error(`The ${key} of the cluster cannot be listed`);
      }
    }
    return objects;
  }

  in(namespace: string): NamespaceObjects {
    const store = (resource: Resource) => this.#store(resource);
    return {
      list: resource => store(resource).list(namespace),
      get: (resource, name) => store(resource).get(namespace, name),
      subscribe: (resource, callback) =>
        store(resource).subscribe(change => {
          if (change.object.metadata.namespace === namespace) callback(change);
        }),
      async heardOf(resource, written) {
        await store(resource).waitFor(written);
      },
    };
  }

  async stop() {
    await Promise.all(this.#reflectors.map(reflector => reflector.stop()));
  }

  #store(resource: Resource): Store<AnyObject> {
    const store = this.#stores.get(keyOf(resource));
    if (!store) throw new Error(`${keyOf(resource)} are not mirrored`);
    return store;
  }
}
