import type { RolloutSnapshot } from '../../rollout/snapshot';
import type { Problem } from '../../rollout/validation/problem';
import { servicesOfCanary } from '../servicesOfCanary';
import {
  destinationsOf,
  managedRoutes,
  virtualServiceUses,
  type VirtualServiceUse,
} from './routes';

const STANZA = 'spec.strategy.canary.trafficRouting.istio';

function validateUse(
  use: VirtualServiceUse,
  { rollout }: RolloutSnapshot,
): Problem[] {
  const { name, namespace, field, object, reference } = use;
  const invalid = (where: string, value: unknown, detail: string): Problem => ({
    field: where,
    kind: 'Invalid value',
    value,
    detail,
  });
  if (reference.tlsRoutes?.length || reference.tcpRoutes?.length) {
    return [
      {
        field: `${field}.${reference.tlsRoutes?.length ? 'tlsRoutes' : 'tcpRoutes'}`,
        kind: 'Unsupported',
        detail: 'this controller routes HTTP only; remove TLS and TCP routes',
      },
    ];
  }
  if (!object) {
    return [
      invalid(
        `${field}.name`,
        reference.name,
        `VirtualService "${name}" not found in namespace "${namespace}"; create it, or correct the name`,
      ),
    ];
  }
  const { indices, missing } = managedRoutes(use);
  if (missing.length) {
    return [
      invalid(
        `${field}.routes`,
        missing[0],
        `HTTP route not found in VirtualService "${name}"`,
      ),
    ];
  }
  if (!indices.length) {
    const count = object.spec?.http?.length ?? 0;
    return [
      invalid(
        `${field}.name`,
        reference.name,
        `VirtualService "${name}" has ${count} HTTP routes: name the ones to manage in "routes"`,
      ),
    ];
  }
  return indices.flatMap(index => {
    const route = object.spec?.http?.[index];
    const found = destinationsOf(route, rollout, servicesOfCanary(rollout));
    const { canaryService, stableService } = servicesOfCanary(rollout);
    const absent = [
      ...(found.canary < 0 ? [canaryService] : []),
      ...(found.stable < 0 ? [stableService] : []),
    ];
    return absent.map(host =>
      invalid(
        `${field}.name`,
        reference.name,
        `HTTP route ${route?.name ? `"${route.name}"` : index} of VirtualService "${name}" has no destination with host "${host}"`,
      ),
    );
  });
}

/** What is wrong with the Istio stanza and the VirtualServices it names. */
export function validateIstio(snapshot: RolloutSnapshot): Problem[] {
  const { canary } = snapshot.rollout.spec.strategy ?? {};
  const istio = canary?.trafficRouting?.istio;
  if (istio?.destinationRule) {
    return [
      {
        field: `${STANZA}.destinationRule`,
        kind: 'Unsupported',
        detail:
          'this controller splits by host; use a canary and a stable service instead of subsets',
      },
    ];
  }
  const uses = virtualServiceUses(snapshot);
  if (!uses.length) {
    return [
      {
        field: `${STANZA}.virtualService`,
        kind: 'Required value',
        detail: 'must be set',
      },
    ];
  }
  return uses.flatMap(use => validateUse(use, snapshot));
}
