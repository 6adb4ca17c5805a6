import type { TrafficRouting } from '../kubernetes/trafficRouting';
import type { CompleteDescription } from './completeDescription';
import { HEADER_ROUTE } from './names';

/** The stanza of the router; `undefined` where pods split the traffic. */
export function trafficRouting(
  of: CompleteDescription,
): TrafficRouting | undefined {
  const { name, namespace } = of;
  switch (of.router) {
    case 'istio':
      return {
        ...(of.header ? { managedRoutes: [{ name: HEADER_ROUTE }] } : {}),
        istio: { virtualService: { name, routes: ['primary'] } },
      };
    case 'nginx':
      return { nginx: { stableIngress: name } };
    case 'gateway-api':
      return {
        plugins: {
          'argoproj-labs/gatewayAPI': {
            httpRoute: name,
            namespace: namespace ?? 'default',
          },
        },
      };
    default:
      return undefined;
  }
}
