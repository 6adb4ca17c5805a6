import { StoredObject } from '../../api/clusterApi';
import { HttpRoute } from './httpRoute';

/** Objects of one router that together say where some requests go. */
export interface Route {
  namespace: string;
  /** Of the object that people know it by. */
  name: string;
  object: StoredObject;
  /** As in a VirtualService: names of hosts or of services, `*` for any. */
  hosts: string[];
  http: HttpRoute[];
}

/** The common parts of a route that an object makes. */
export const routeOf = (
  object: StoredObject,
  hosts: readonly string[],
  http: readonly HttpRoute[],
): Route => ({
  namespace: object.metadata.namespace ?? '',
  name: object.metadata.name,
  object,
  hosts: [...hosts],
  http: [...http],
});
