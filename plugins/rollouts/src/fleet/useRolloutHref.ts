import { parseEntityRef } from '@backstage/catalog-model';
// Unlike the new system's own, it resolves in apps of the old one, too.
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type { FleetRow } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { rolloutKey } from '../live/entityRolloutsState';
import { useEntityTabPath } from './useEntityTabPath';

/** Where a rollout is shown in full: on the tab of its entity, marked by name. */
export function useRolloutHref(): (row: FleetRow) => string | undefined {
  const entityPath = useRouteRef(entityRouteRef);
  const tabPath = useEntityTabPath();
  return ({ entityRef, ref }) => {
    if (entityRef === undefined) {
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
