import { GroupResource, StoredObject } from '../../api/clusterApi';
import { keyOf } from '../../controllers/objects/key';
import {
  DESTINATION_RULES,
  ENDPOINT_SLICES,
  PODS,
  SERVICES,
  VIRTUAL_SERVICES,
} from '../../controllers/objects/resources';
import { ObjectSource } from '../objectSource';

/** Objects of one kind by `namespace/name`. */
export type Objects = ReadonlyMap<string, StoredObject>;

/** What the gateway routes by, always as of now. */
export interface ClusterView {
  readonly pods: Objects;
  readonly services: Objects;
  readonly slices: Objects;
  readonly virtualServices: Objects;
  readonly destinationRules: Objects;
  /** Grows with every change, so that what is derived can be kept until then. */
  readonly version: number;
}

export interface FollowedView extends ClusterView {
  /** Begins with kinds that did not exist before (a CRD came). */
  retry(): void;
  stop(): void;
}

/** Follows an object source. */
export function followCluster(source: ObjectSource): FollowedView {
  let version = 0;
  const stops: (() => void)[] = [];
  let waiting: (() => boolean)[] = [];

  function follow(resource: GroupResource): Objects {
    const objects = new Map<string, StoredObject>();
    const begin = () => {
      try {
        const existing = source.list(resource);
        stops.push(
          source.watch(resource, ({ type, object }) => {
            if (type === 'DELETED') objects.delete(keyOf(object));
            else objects.set(keyOf(object), object);
            version++;
          }),
        );
        for (const object of existing) objects.set(keyOf(object), object);
        version++;
        return true;
      } catch {
        // The kind is not served (yet): `retry` tries again.
        return false;
      }
    };
    if (!begin()) waiting.push(begin);
    return objects;
  }

  const view = {
    pods: follow(PODS),
    services: follow(SERVICES),
    slices: follow(ENDPOINT_SLICES),
    virtualServices: follow(VIRTUAL_SERVICES),
    destinationRules: follow(DESTINATION_RULES),
  };
  return {
    ...view,
    get version() {
      return version;
    },
    retry() {
      waiting = waiting.filter(begin => !begin());
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}
