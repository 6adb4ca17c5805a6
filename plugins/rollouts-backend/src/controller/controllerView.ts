import type { ClusterView } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ControllerMode } from '@progressive-delivery/backstage-plugin-rollouts-node';
import type { DeliveryControllerState } from '@progressive-delivery/delivery';
import type { LeaseState } from '@progressive-delivery/kube';

export interface ControllerFacts {
  mode: ControllerMode;
  /** Argo Rollouts' lease; `undefined` when nobody looks. */
  argo?: LeaseState;
  argoHolder?: string;
  leasesUnreadable: boolean;
  embedded?: Pick<DeliveryControllerState, 'phase' | 'reason'>;
  /** The lease of this backend's replicas, which is `fresh` while one of them acts. */
  replicas?: LeaseState;
  failure?: string;
}

/** Who acts on a cluster now, and why it is not somebody else. */
export function controllerView(
  facts: ControllerFacts,
): ClusterView['controller'] {
  const { mode, argo, argoHolder, embedded, failure } = facts;
  if (argo === 'fresh') {
    return {
      mode,
      acting: 'argo',
      message: `Argo Rollouts${argoHolder ? ` (${argoHolder})` : ''} is in charge.`,
    };
  }
  if (failure) {
    return { mode, acting: 'none', message: failure };
  }
  if (mode === 'argo') {
    return argoView(facts);
  }
  if (facts.leasesUnreadable) {
    return {
      mode,
      acting: 'none',
      message:
        'Whether Argo Rollouts acts here is not known, so the portal does not: the account may not list leases in all namespaces. Grant it that right, or set controller: embedded for this cluster.',
    };
  }
  if (embedded?.phase === 'active') {
    return { mode, acting: 'embedded' };
  }
  if (embedded?.phase === 'idle' && embedded.reason === 'not leading') {
    return facts.replicas === 'fresh'
      ? { mode, acting: 'embedded', message: 'Another replica is in charge.' }
      : {
          mode,
          acting: 'none',
          message:
            'No replica is known to be in charge yet; one takes over within seconds.',
        };
  }
  return {
    mode,
    acting: 'none',
    message: embedded?.reason ?? 'The delivery controller is starting.',
  };
}

function argoView({
  mode,
  argo,
  leasesUnreadable,
}: ControllerFacts): ClusterView['controller'] {
  if (leasesUnreadable) {
    return {
      mode,
      acting: 'argo',
      message:
        'Whether Argo Rollouts runs is not known: the account may not read leases.',
    };
  }
  if (argo === 'observing' || argo === undefined) {
    return { mode, acting: 'argo' };
  }
  return {
    mode,
    acting: 'none',
    message:
      'No Argo Rollouts controller holds its lease in this cluster, so nothing acts on its rollouts. Start it, or set controller: auto for this cluster.',
  };
}
