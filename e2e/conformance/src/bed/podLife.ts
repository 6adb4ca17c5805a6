import {
  type AnyObject,
  type KubeClient,
  NotFoundError,
  ConflictError,
  RESOURCES,
  Reflector,
  Store,
} from '@progressive-delivery/kube';
import {
  type KubeletOptions,
  NODE_NAME,
  type PodActions,
  type PodSource,
  type StoredObject,
  startKubelet,
  systemClock,
} from '@progressive-delivery/local-cluster';

const EVENT_TYPES = {
  added: 'ADDED',
  modified: 'MODIFIED',
  deleted: 'DELETED',
} as const;

/**
 * Gives the pods of a cluster without machines their life: the local
 * cluster's simulated kubelet, over HTTP.
 */
export async function startPodLife(
  client: KubeClient,
  say: (line: string) => void,
  speed: Pick<KubeletOptions, 'startDelayMs' | 'shutdownMs'> = {},
): Promise<{ pods: Store<AnyObject>; stop(): Promise<void> }> {
  await client.create(RESOURCES.nodes, { metadata: { name: NODE_NAME } });
  const pods = new Store<AnyObject>();
  const reflector = new Reflector({
    client,
    resource: RESOURCES.pods,
    store: pods,
  });
  reflector.start();
  if (!(await pods.waitForSync())) {
    throw new Error(`The pods cannot be listed: ${reflector.status.error}`);
  }
  const stopKubelet = startKubelet({
    source: podSource(pods),
    actions: podActions(client),
    clock: systemClock,
    log: say,
    random: Math.random,
    ...speed,
  });
  return {
    pods,
    async stop() {
      stopKubelet();
      await reflector.stop();
    },
  };
}

function podSource(pods: Store<AnyObject>): PodSource {
  return {
    list: () => pods.list() as StoredObject[],
    watch: onEvent =>
      pods.subscribe(({ type, object }) =>
        onEvent({
          type: EVENT_TYPES[type],
          object: object as StoredObject,
        }),
      ),
  };
}

function podActions(client: KubeClient): PodActions {
  return {
    bind: ({ metadata: { name, namespace } }, node) =>
      unlessGone(
        client.create(
          RESOURCES.pods,
          {
            apiVersion: 'v1',
            kind: 'Binding',
            metadata: { name, namespace },
            target: { apiVersion: 'v1', kind: 'Node', name: node },
          },
          { subresource: 'binding' },
        ),
      ),
    patchStatus: ({ metadata: { name, namespace, uid } }, status) =>
      unlessGone(
        client.patch(
          RESOURCES.pods,
          { name, namespace },
          { metadata: { uid }, status },
          { type: 'strategic', subresource: 'status' },
        ),
      ),
    remove: ({ metadata: { name, namespace, uid } }) =>
      unlessGone(
        client.delete(
          RESOURCES.pods,
          { name, namespace },
          { gracePeriodSeconds: 0, preconditions: { uid } },
        ),
      ),
  };
}

/** Somebody else was faster: the watch tells what there is to do next. */
async function unlessGone(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (error instanceof NotFoundError || error instanceof ConflictError) {
      return;
    }
    throw error;
  }
}
