import type {
  KubeObject,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Resource } from '@progressive-delivery/kube';
import type { TrafficRouter } from '../router';

/** An object and the kind that it is of. */
export type Routed = readonly [resource: Resource, object: KubeObject];

/** A rollout that asks for a router, and the objects that a user writes for it. */
export interface RouterExample {
  /** "Istio by subset" */
  title: string;
  router: TrafficRouter;
  rollout: Rollout;
  objects: Routed[];
}
