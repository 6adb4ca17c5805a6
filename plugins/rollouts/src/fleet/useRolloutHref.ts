import { parseEntityRef } from '@backstage/catalog-model';
import {
  routeResolutionApiRef,
  useApiHolder,
} from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type { FleetRow } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useContext } from 'react';
import { rolloutKey } from '../live/entityRolloutsState';
import { LegacyEntityTabContext } from './LegacyEntityTab';
import { useEntityTabPath } from './useEntityTabPath';

/**
 * Where a rollout is shown in full: on the tab of its entity, marked by name.
 * Undefined where the app has no page for entities.
 */
export function useRolloutHref(): (row: FleetRow) => string | undefined {
  const legacy = useContext(LegacyEntityTabContext);
  const routes = useApiHolder().get(routeResolutionApiRef);
  const entityPath = legacy?.entityPath ?? routes?.resolve(entityRouteRef);
  const tabPath = useEntityTabPath();
  return ({ entityRef, ref }) => {
    if (entityRef === undefined || !entityPath) {
      return undefined;
    }
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const path = entityPath({
      kind: kind.toLocaleLowerCase('en-US'),
      namespace: namespace.toLocaleLowerCase('en-US'),
      name,
    });
    return `${path}${tabPath}?rollout=${encodeURIComponent(rolloutKey(ref))}`;
  };
}
