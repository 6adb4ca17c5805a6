import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { trafficRouterNames } from '../traffic/trafficRouterNames';

/**
 * The label `traffic_router` of `rollout_info`, in the reference's spelling:
 * `Istio`, `Nginx`, `ALB`, `SMI`, `Ambassador`, `AppMesh`. It is empty there
 * for all others, which are named here in the same way.
 */
export function trafficRouterLabel(rollout: Rollout): string {
  const [name = ''] = trafficRouterNames(rollout);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`.replaceAll(' ', '');
}
