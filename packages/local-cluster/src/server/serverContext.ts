import { Serialiser } from '../lists/serialise';
import { ClusterStore } from '../operations/createClusterStore';

/** What the handlers of all calls share. */
export interface ServerContext {
  store: ClusterStore;
  serialiser: Serialiser;
  /** `127.0.0.1:6443` */
  address(): string;
}
