import { parseEntityRef } from '@backstage/catalog-model';
import type { RolloutRef } from '@progressive-delivery/backstage-plugin-rollouts-common';

/**
 * Where the portal shows a rollout: the tab of its entity, with the rollout
 * and, if it is about one, the request for approval named.
 *
 * @param tabPath - of the tab under the page of its entity, such as `/rollouts`
 */
export function rolloutLink(
  tabPath: string,
  entityRef: string,
  { cluster, namespace, name }: RolloutRef,
  requestId?: string,
): string {
  const entity = parseEntityRef(entityRef);
  const path = [entity.namespace, entity.kind, entity.name]
    .map(part => encodeURIComponent(part.toLocaleLowerCase('en')))
    .join('/');
  const query = new URLSearchParams({
    rollout: `${cluster}/${namespace}/${name}`,
    ...(requestId && { approval: requestId }),
  });
  return `/catalog/${path}${tabPath}?${query}`;
}
