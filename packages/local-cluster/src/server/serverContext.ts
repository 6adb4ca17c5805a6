import { PodLogSource } from '../api/podLogSource';
import { Serialiser } from '../lists/serialise';
import { OpenApiDocuments } from '../openapi/documents';
import { ClusterStore } from '../operations/createClusterStore';

/** What the handlers of all calls share. */
export interface ServerContext {
  store: ClusterStore;
  serialiser: Serialiser;
  openApi: OpenApiDocuments;
  /** Absent when there is no kubelet. */
  logs?: PodLogSource;
  /** `127.0.0.1:6443` */
  address(): string;
}
