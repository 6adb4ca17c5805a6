import { GroupResource, StoredObject } from '../../api/clusterApi';
import { keyOf } from '../../controllers/objects/key';
import {
  ENDPOINT_SLICES,
  PODS,
  SERVICES,
} from '../../controllers/objects/resources';
import { ObjectSource } from '../objectSource';
import { ROUTING_KINDS, RoutingKind } from './routingKinds';

/** Objects of one kind by `namespace/name`. */
export type Objects = ReadonlyMap<string, StoredObject>;

/** The objects that say where requests go, by kind. */
export type RoutingObjects = Readonly<Record<RoutingKind, Objects>>;

/** What the gateway routes by, always as of now. */
export interface ClusterView {
  readonly pods: Objects;
  readonly services: Objects;
  readonly slices: Objects;
  readonly routing: RoutingObjects;
  /** Grows with every change, so that what is derived can be kept until then. */
  readonly version: number;
  /** Grows with every change of an object that routes. */
  readonly routingVersion: number;
}

export interface FollowedView extends ClusterView {
  /** Begins with kinds that did not exist before (a CRD came). */
  retry(): void;
  stop(): void;
}

/** Follows an object source. */
export function followCluster(source: ObjectSource): FollowedView {
  let version = 0;
  let routingVersion = 0;
  const stops: (() => void)[] = [];
  let waiting: (() => boolean)[] = [];

  function follow(resource: GroupResource, changed: () => void): Objects {
    const objects = new Map<string, StoredObject>();
    const begin = () => {
      try {
        const existing = source.list(resource);
        stops.push(
          source.watch(resource, ({ type, object }) => {
            if (type === 'DELETED') objects.delete(keyOf(object));
            else objects.set(keyOf(object), object);
            changed();
          }),
        );
        for (const object of existing) objects.set(keyOf(object), object);
        changed();
        return true;
      } catch {
        // The kind is not served (yet): `retry` tries again.
        return false;
      }
    };
    if (!begin()) waiting.push(begin);
    return objects;
  }

  const onChange = () => {
    version++;
  };
  const onRoutingChange = () => {
    version++;
    routingVersion++;
  };
  const routing = Object.fromEntries(
    Object.entries(ROUTING_KINDS).map(([kind, resource]) => [
      kind,
      follow(resource, onRoutingChange),
    ]),
  ) as Record<RoutingKind, Objects>;
  const view = {
    pods: follow(PODS, onChange),
    services: follow(SERVICES, onChange),
    slices: follow(ENDPOINT_SLICES, onChange),
    routing,
  };
  return {
    ...view,
    get version() {
      return version;
    },
    get routingVersion() {
      return routingVersion;
    },
    retry() {
      waiting = waiting.filter(begin => !begin());
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}
