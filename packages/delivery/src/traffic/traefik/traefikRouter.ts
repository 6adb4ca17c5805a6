import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import type { Problem } from '../../rollout/validation/problem';
import { kindKey } from '../../rollout/snapshot';
import { changeObject } from '../objects/changeObject';
import { listAt, textAt, weightAt, withField } from '../objects/fields';
import { missingObject, routedObject } from '../objects/routedObject';
import { stanzaAt, stanzaPath } from '../objects/stanza';
import type { RoutedSnapshot, TrafficRouter } from '../router';
import { servicesOfCanary } from '../servicesOfCanary';

const FIELD = ['traefik', 'weightedTraefikServiceName'] as const;
const SERVICES = ['spec', 'weighted', 'services'] as const;

/** The TraefikService, in the group of Traefik 3 and in that of Traefik 2. */
function candidatesOf(rollout: Rollout) {
  const name = stanzaAt(rollout, ...FIELD);
  return [RESOURCES.traefikServices, RESOURCES.traefikContainousServices].map(
    resource => ({
      resource,
      namespace: rollout.metadata.namespace ?? '',
      name: typeof name === 'string' ? name : '',
    }),
  );
}

/** The one that is there. */
function found(snapshot: RoutedSnapshot) {
  for (const at of candidatesOf(snapshot.rollout)) {
    const object = routedObject(snapshot, at);
    if (object) return { at, object };
  }
  return undefined;
}

function validate(snapshot: RoutedSnapshot): Problem[] {
  const field = stanzaPath(...FIELD);
  const candidates = candidatesOf(snapshot.rollout);
  const there = found(snapshot);
  if (!there) {
    const { servedKinds = {} } = snapshot;
    const served = candidates.find(
      each => servedKinds[kindKey(each.resource)] !== null,
    );
    const [first] = candidates;
    const at = served ?? first;
    return at ? [missingObject(snapshot, at, field)] : [];
  }
  const names = listAt(there.object, ...SERVICES).map(each =>
    textAt(each, 'name'),
  );
  return Object.values(servicesOfCanary(snapshot.rollout))
    .filter(service => !names.includes(service))
    .map(service => ({
      field,
      kind: 'Invalid value',
      value: there.at.name,
      detail: `TraefikService "${there.at.name}" has no service "${service}" in spec.weighted.services: add it`,
    }));
}

/**
 * Splits by the weights of a weighted TraefikService. Source: docs,
 * traffic-management/traefik. Other services in it keep their weights.
 */
export const traefikRouter: TrafficRouter = {
  path: ['traefik'],
  title: 'Traefik',
  abilities: {},
  needsServices: () => true,
  objects: candidatesOf,
  validate,
  observe(snapshot, { canaryService }) {
    const canary = listAt(found(snapshot)?.object, ...SERVICES).find(
      each => textAt(each, 'name') === canaryService,
    );
    return { weight: weightAt(canary, 'weight') };
  },
  route(snapshot, { weight, max, canaryService, stableService }, draft, why) {
    const there = found(snapshot);
    if (!there) return false;
    const shares = new Map([
      [canaryService, weight],
      [stableService, max - weight],
    ]);
    const services = listAt(there.object, ...SERVICES).map(each => {
      const share = shares.get(textAt(each, 'name') ?? '');
      return share === undefined ? each : withField(each, ['weight'], share);
    });
    return changeObject(
      draft,
      there.at.resource,
      there.object,
      withField(there.object, [...SERVICES], services),
      `set the weight of the canary to ${weight} in TraefikService ${there.at.name}: ${why}`,
    );
  },
};
