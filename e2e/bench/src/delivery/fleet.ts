import {
  type KubeClient,
  RESOURCES,
  Reflector,
  type Resource,
  Store,
} from '@progressive-delivery/kube';
import type {
  KubeObject,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { until } from '../../../conformance/src/bed/until';
import { INSTANCE_LABEL } from './instance';

/** Requests of the bench itself that are under way at the same time. */
const AT_ONCE = 24;

/** Weights of the eight steps: five replicas come one after the other. */
const WEIGHTS = [10, 20, 35, 40, 55, 60, 75, 80];

/** A canary of eight steps that nothing holds up but its pods. */
export function canary(namespace: string, name: string, replicas: number) {
  return {
    metadata: { namespace, name, labels: INSTANCE_LABEL },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'app', image: 'app:1' }] },
      },
      strategy: {
        canary: { steps: WEIGHTS.map(setWeight => ({ setWeight })) },
      },
    },
  };
}

/** `prefix-0`, `prefix-1`, … */
export function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
}

/** Does it for each, some at the same time. */
export async function forEach<T>(
  items: T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  // All workers take from the same one.
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Whether the rollout stands at its newest revision. */
export function isAtRest({ metadata, status }: Rollout): boolean {
  return (
    status?.phase === 'Healthy' &&
    String(status.observedGeneration) === String(metadata.generation) &&
    status.currentPodHash === status.stableRS
  );
}

/** What the bench itself watches; costs the same whoever is in charge. */
export interface Watched<T extends KubeObject> {
  store: Store<T>;
  stop(): Promise<void>;
}

export async function watch<T extends KubeObject>(
  client: KubeClient,
  resource: Resource,
): Promise<Watched<T>> {
  const store = new Store<T>();
  const reflector = new Reflector<T>({
    client,
    resource,
    store,
  });
  reflector.start();
  if (!(await store.waitForSync())) {
    throw new Error(`The ${resource.plural} cannot be listed`);
  }
  return { store, stop: () => reflector.stop() };
}

export async function createNamespace(client: KubeClient, name: string) {
  await client.create(RESOURCES.namespaces, { metadata: { name } });
}

/** Resolves once the namespace and all in it are gone. */
export async function deleteNamespace(client: KubeClient, name: string) {
  await client.delete(RESOURCES.namespaces, { name });
  await until(
    `namespace ${name} to be gone`,
    async () => {
      const { items } = await client.list(RESOURCES.namespaces, {
        fieldSelector: `metadata.name=${name}`,
      });
      return items.length === 0;
    },
    { seconds: 600, everyMilliseconds: 500 },
  );
}
