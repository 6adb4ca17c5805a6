import type { KubeClient } from '../client/kubeClient';
import type { Clock } from '../clock/clock';
import type { LeaseState } from './leaseObservation';
import { LeaseObserver } from './leaseObserver';

/**
 * The lease by which Argo Rollouts' replicas agree on one; with `-<id>` behind
 * it for an instance id. Source: its controller's flags.
 */
const ARGO_LEASE = 'argo-rollouts-controller-lock';

/** Its name for an instance id; `''` and none are the same. */
export function argoLeaseName(instanceId?: string): string {
  return instanceId ? `${ARGO_LEASE}-${instanceId}` : ARGO_LEASE;
}

export interface ArgoLeaseOptions {
  client: Pick<KubeClient, 'list'>;
  clock: Clock;
  /** The Argo Rollouts of this instance id (`''`: that without one); any when left out. */
  instanceId?: string;
  onChange?: (state: LeaseState, holder?: string) => void;
  onError?: (error: unknown) => void;
}

/**
 * Watches whether Argo Rollouts acts on a cluster. It may run in any
 * namespace, so all of them are looked through.
 */
export function observeArgoLease({
  instanceId,
  ...options
}: ArgoLeaseOptions): LeaseObserver {
  return new LeaseObserver({
    ...options,
    matches: ({ metadata: { name } }) =>
      instanceId === undefined
        ? name === ARGO_LEASE || name.startsWith(`${ARGO_LEASE}-`)
        : name === argoLeaseName(instanceId),
  });
}
