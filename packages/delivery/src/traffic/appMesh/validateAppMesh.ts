import type { Problem } from '../../rollout/validation/problem';
import { listAt, textAt } from '../objects/fields';
import { missingObject, routedObject } from '../objects/routedObject';
import { stanzaPath } from '../objects/stanza';
import type { RoutedSnapshot } from '../router';
import {
  isSelected,
  sideOfTarget,
  targetsOf,
  virtualNodeOf,
  virtualRouterOf,
  virtualServiceOf,
} from './meshObjects';

const STANZA = stanzaPath('appMesh');

function validateRouter(snapshot: RoutedSnapshot): Problem[] {
  const { rollout } = snapshot;
  const field = `${STANZA}.virtualService.name`;
  const service = virtualServiceOf(rollout);
  if (!routedObject(snapshot, service)) {
    return [missingObject(snapshot, service, field)];
  }
  const router = virtualRouterOf(snapshot);
  const invalid = (detail: string): Problem[] => [
    { field, kind: 'Invalid value', value: service.name, detail },
  ];
  if (!router.isReferred) {
    return invalid('Virtual-service is not associated with virtual-router');
  }
  if (router.isElsewhere) {
    return invalid(
      `its VirtualRouter "${router.at.name}" is in another namespace: move it to "${router.at.namespace}"`,
    );
  }
  if (!router.object) return [missingObject(snapshot, router.at, field)];
  const routes = listAt(router.object, 'spec', 'routes').filter(route =>
    isSelected(rollout, route),
  );
  if (!routes.length) {
    return invalid(
      `No routes defined for AppMesh virtual-router ${router.at.name}`,
    );
  }
  return routes.flatMap(route => {
    const sides = (targetsOf(route)?.targets ?? []).map(target =>
      sideOfTarget(rollout, target),
    );
    return sides.includes('canary') && sides.includes('stable')
      ? []
      : invalid(
          `route ${textAt(route, 'name')} of virtual-router ${router.at.name} has not both virtual-nodes as weightedTargets`,
        );
  });
}

/** What is wrong with the App Mesh stanza and the objects that it names. */
export function validateAppMesh(snapshot: RoutedSnapshot): Problem[] {
  return [
    ...validateRouter(snapshot),
    ...(['canary', 'stable'] as const).flatMap(side => {
      const node = virtualNodeOf(snapshot.rollout, side);
      return routedObject(snapshot, node)
        ? []
        : [
            missingObject(
              snapshot,
              node,
              `${STANZA}.virtualNodeGroup.${side}VirtualNodeRef.name`,
            ),
          ];
    }),
  ];
}
