import {
  MANAGED_BY_ANNOTATION,
  POD_TEMPLATE_HASH_LABEL,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import { changeObject } from '../objects/changeObject';
import { listAt, textAt, weightAt, withField } from '../objects/fields';
import { routedObject } from '../objects/routedObject';
import type {
  ObservedTraffic,
  RoutedSnapshot,
  RouteDraft,
  TrafficRouter,
  WantedTraffic,
} from '../router';
import {
  isSelected,
  sideOfTarget,
  targetsOf,
  virtualNodeOf,
  virtualRouterOf,
  virtualServiceOf,
} from './meshObjects';
import { validateAppMesh } from './validateAppMesh';

const HASH = ['spec', 'podSelector', 'matchLabels', POD_TEMPLATE_HASH_LABEL];
/** Selects nobody. The mesh refuses two nodes that select the same pods. */
const NOBODY = { canary: 'canary-hash', stable: 'stable-hash' } as const;
/** The canary lets go of pods before stable selects them. */
type Side = 'canary' | 'stable';

function observe(snapshot: RoutedSnapshot): ObservedTraffic {
  const { rollout } = snapshot;
  const { object } = virtualRouterOf(snapshot);
  const weights = listAt(object, 'spec', 'routes')
    .filter(route => isSelected(rollout, route))
    .flatMap(route => targetsOf(route)?.targets ?? [])
    .filter(target => sideOfTarget(rollout, target) === 'canary')
    .map(target => weightAt(target, 'weight'));
  const hashOf = (side: Side) => {
    const node = routedObject(snapshot, virtualNodeOf(rollout, side));
    const hash = textAt(node, ...HASH);
    return hash === NOBODY[side] ? undefined : hash;
  };
  return {
    weight: Math.max(0, ...weights),
    canaryHash: hashOf('canary'),
    stableHash: hashOf('stable'),
  };
}

function routeNodes(
  snapshot: RoutedSnapshot,
  { canaryHash, stableHash }: WantedTraffic,
  draft: RouteDraft,
  sides: readonly Side[],
): boolean {
  const { rollout } = snapshot;
  const hashes = {
    stable: stableHash || NOBODY.stable,
    canary: canaryHash === stableHash ? NOBODY.canary : canaryHash,
  };
  const changes = sides.filter(side => {
    const at = virtualNodeOf(rollout, side);
    const node = routedObject(snapshot, at);
    if (!node) return false;
    const marked = withField(
      node,
      ['metadata', 'annotations', MANAGED_BY_ANNOTATION],
      rollout.metadata.name,
    );
    return changeObject(
      draft,
      at.resource,
      node,
      withField(marked, HASH, hashes[side]),
      `VirtualNode ${at.name} selects ${hashes[side]}`,
    );
  });
  return changes.length > 0;
}

function routeWeights(
  snapshot: RoutedSnapshot,
  { weight, max }: WantedTraffic,
  draft: RouteDraft,
  why: string,
): boolean {
  const { rollout } = snapshot;
  const { at, object } = virtualRouterOf(snapshot);
  if (!object) return false;
  const shares = { canary: weight, stable: max - weight };
  const routes = listAt(object, 'spec', 'routes').map(route => {
    const found = isSelected(rollout, route) ? targetsOf(route) : undefined;
    if (!found) return route;
    const targets = found.targets.map(target => {
      const side = sideOfTarget(rollout, target);
      return side ? withField(target, ['weight'], shares[side]) : target;
    });
    return withField(route, found.path, targets);
  });
  return changeObject(
    draft,
    at.resource,
    object,
    withField(object, ['spec', 'routes'], routes),
    `set the weight of the canary to ${weight} in VirtualRouter ${at.name}: ${why}`,
  );
}

/**
 * Splits by the weighted targets of a VirtualRouter's routes, whose
 * VirtualNodes select the pods. Source: examples and observable behaviour of
 * the reference (`trafficRouting.appMesh`).
 */
export const appMeshRouter: TrafficRouter = {
  path: ['appMesh'],
  title: 'App Mesh',
  abilities: {},
  needsServices: () => true,
  objects: rollout => [
    virtualServiceOf(rollout),
    // Which one it is, the VirtualService says.
    {
      resource: RESOURCES.appMeshVirtualRouters,
      namespace: rollout.metadata.namespace ?? '',
    },
    virtualNodeOf(rollout, 'canary'),
    virtualNodeOf(rollout, 'stable'),
  ],
  validate: validateAppMesh,
  observe,
  route(snapshot, wanted, draft, why) {
    const weights = () => routeWeights(snapshot, wanted, draft, why);
    const nodes = (...sides: Side[]) =>
      routeNodes(snapshot, wanted, draft, sides);
    // Pods are selected before they get traffic, and let go of after they had it.
    const changes =
      wanted.weight >= observe(snapshot).weight
        ? [nodes('canary', 'stable'), weights()]
        : [nodes('stable'), weights(), nodes('canary')];
    return changes.includes(true);
  },
};
