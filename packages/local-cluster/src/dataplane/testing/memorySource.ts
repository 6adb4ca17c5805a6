import { GroupResource, StoredObject, WatchEvent } from '../../api/clusterApi';
import {
  ENDPOINT_SLICES,
  PODS,
  SERVICES,
} from '../../controllers/objects/resources';
import { ROUTING_KINDS } from '../view/routingKinds';
import { ObjectSource } from '../objectSource';

const RESOURCES: Record<string, GroupResource> = {
  Pod: PODS,
  Service: SERVICES,
  EndpointSlice: ENDPOINT_SLICES,
  VirtualService: ROUTING_KINDS.virtualServices,
  DestinationRule: ROUTING_KINDS.destinationRules,
  HTTPRoute: ROUTING_KINDS.httpRoutes,
  GRPCRoute: ROUTING_KINDS.grpcRoutes,
  Ingress: ROUTING_KINDS.ingresses,
  TrafficSplit: ROUTING_KINDS.trafficSplits,
  TraefikService: ROUTING_KINDS.traefikServices,
  Mapping: ROUTING_KINDS.mappings,
  ApisixRoute: ROUTING_KINDS.apisixRoutes,
  VirtualRouter: ROUTING_KINDS.virtualRouters,
  VirtualNode: ROUTING_KINDS.virtualNodes,
};

/** An object as a test writes it down. */
export interface Draft {
  kind: string;
  metadata: { name: string; [field: string]: unknown };
  [field: string]: unknown;
}

export interface MemorySource extends ObjectSource {
  put(...drafts: Draft[]): void;
  remove(draft: Draft): void;
}

/** Objects in memory, all in namespace `demo` unless they say otherwise. */
export function createMemorySource(...drafts: Draft[]): MemorySource {
  const objects = new Map<string, Map<string, StoredObject>>();
  const watchers = new Map<string, ((event: WatchEvent) => void)[]>();
  const idOf = ({ group, resource }: GroupResource) => `${group}/${resource}`;

  function change(type: WatchEvent['type'], draft: Draft): void {
    const id = idOf(RESOURCES[draft.kind]!);
    const object = {
      apiVersion: 'v1',
      ...draft,
      metadata: {
        namespace: 'demo',
        uid: draft.metadata.name,
        resourceVersion: '1',
        creationTimestamp: '2026-01-01T00:00:00Z',
        ...draft.metadata,
      },
    } as StoredObject;
    const all = objects.get(id) ?? new Map<string, StoredObject>();
    objects.set(id, all);
    if (type === 'DELETED') all.delete(object.metadata.name);
    else all.set(object.metadata.name, object);
    for (const notify of watchers.get(id) ?? []) notify({ type, object });
  }

  drafts.forEach(draft => change('ADDED', draft));
  return {
    list: resource => [...(objects.get(idOf(resource))?.values() ?? [])],
    watch(resource, onEvent) {
      const id = idOf(resource);
      watchers.set(id, [...(watchers.get(id) ?? []), onEvent]);
      return () => {
        const others = (watchers.get(id) ?? []).filter(one => one !== onEvent);
        watchers.set(id, others);
      };
    },
    put: (...changed) => changed.forEach(draft => change('MODIFIED', draft)),
    remove: draft => change('DELETED', draft),
  };
}

/** A running and ready pod of the demo image. */
export const pod = (
  name: string,
  color: string,
  labels: Record<string, string>,
): Draft => ({
  kind: 'Pod',
  metadata: { name, labels },
  spec: { containers: [{ name: 'main', image: `demo/colors:${color}` }] },
  status: {
    phase: 'Running',
    podIP: '10.244.0.1',
    conditions: [{ type: 'Ready', status: 'True' }],
  },
});

export const service = (
  name: string,
  selector: Record<string, string>,
): Draft => ({
  kind: 'Service',
  metadata: { name },
  spec: { selector, ports: [{ port: 80 }] },
});

export const virtualService = (
  name: string,
  http: unknown[],
  hosts = [`${name}.demo.local`],
): Draft => ({
  kind: 'VirtualService',
  metadata: { name },
  spec: { hosts, http },
});

/** A route between two services with weights. */
export const weighted = (stable: number, canary: number) => ({
  route: [
    { destination: { host: 'colors-stable' }, weight: stable },
    { destination: { host: 'colors-canary' }, weight: canary },
  ],
});
