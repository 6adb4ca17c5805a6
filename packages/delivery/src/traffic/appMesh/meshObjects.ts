import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import { fieldAt, isFields, listAt, textAt } from '../objects/fields';
import { routedObject } from '../objects/routedObject';
import { stanzaAt } from '../objects/stanza';
import type { RoutedSnapshot } from '../router';

/** The kinds of routes whose action may be weighted targets. */
export const ROUTE_KINDS = ['httpRoute', 'tcpRoute', 'http2Route', 'grpcRoute'];

const namespaceOf = (rollout: Rollout) => rollout.metadata.namespace ?? '';

export function virtualServiceOf(rollout: Rollout) {
  return {
    resource: RESOURCES.appMeshVirtualServices,
    namespace: namespaceOf(rollout),
    name: textAt(stanzaAt(rollout, 'appMesh'), 'virtualService', 'name') ?? '',
  };
}

/** The VirtualNode of a side. */
export function virtualNodeOf(rollout: Rollout, side: 'canary' | 'stable') {
  return {
    resource: RESOURCES.appMeshVirtualNodes,
    namespace: namespaceOf(rollout),
    name:
      textAt(
        stanzaAt(rollout, 'appMesh'),
        'virtualNodeGroup',
        `${side}VirtualNodeRef`,
        'name',
      ) ?? '',
  };
}

/** The VirtualRouter that the VirtualService says it is routed by. */
export function virtualRouterOf(snapshot: RoutedSnapshot) {
  const { rollout } = snapshot;
  const reference = fieldAt(
    routedObject(snapshot, virtualServiceOf(rollout)),
    'spec',
    'provider',
    'virtualRouter',
    'virtualRouterRef',
  );
  const at = {
    resource: RESOURCES.appMeshVirtualRouters,
    namespace: namespaceOf(rollout),
    name: textAt(reference, 'name') ?? '',
  };
  return {
    at,
    isReferred: isFields(reference),
    isElsewhere: ![at.namespace, undefined, ''].includes(
      textAt(reference, 'namespace'),
    ),
    object: routedObject(snapshot, at),
  };
}

/** Whether the stanza selects a route of the router; without names, all. */
export function isSelected(rollout: Rollout, route: unknown): boolean {
  const names = listAt(
    stanzaAt(rollout, 'appMesh'),
    'virtualService',
    'routes',
  );
  return !names.length || names.includes(textAt(route, 'name'));
}

/** The weighted targets of a route, and where they are. */
export function targetsOf(
  route: unknown,
): { path: string[]; targets: unknown[] } | undefined {
  const kind = ROUTE_KINDS.find(each => isFields(fieldAt(route, each)));
  if (!kind) return undefined;
  const path = [kind, 'action', 'weightedTargets'];
  return { path, targets: listAt(route, ...path) };
}

/** Whose node a target is. */
export function sideOfTarget(
  rollout: Rollout,
  target: unknown,
): 'canary' | 'stable' | undefined {
  const namespace = textAt(target, 'virtualNodeRef', 'namespace');
  if (namespace && namespace !== namespaceOf(rollout)) return undefined;
  const name = textAt(target, 'virtualNodeRef', 'name');
  return (['canary', 'stable'] as const).find(
    side => virtualNodeOf(rollout, side).name === name,
  );
}
