import { DiscoveredGroup, DiscoveredResource } from './resources';

/** The versions of aggregated discovery that are offered, newest first. */
export const AGGREGATED_VERSIONS = ['v2', 'v2beta1'] as const;

/** `/api` or `/apis` with everything below it in one answer. */
export function aggregatedDiscovery(
  version: (typeof AGGREGATED_VERSIONS)[number],
  groups: DiscoveredGroup[],
) {
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: groups.map(({ group, versions }) => ({
      metadata: { name: group, creationTimestamp: null },
      versions: versions.map(({ version: name, resources }) => ({
        version: name,
        freshness: 'Current',
        resources: resources.map(resource => describe(group, name, resource)),
      })),
    })),
  };
}

function describe(group: string, version: string, found: DiscoveredResource) {
  return {
    resource: found.name,
    responseKind: { group, version, kind: found.kind },
    scope: found.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: found.singularName,
    verbs: found.verbs,
    ...(found.shortNames.length > 0 && { shortNames: found.shortNames }),
    ...(found.categories.length > 0 && { categories: found.categories }),
    ...(found.subresources.length > 0 && {
      subresources: found.subresources.map(subresource => ({
        subresource: subresource.name,
        responseKind: {
          group: subresource.group ?? group,
          version: subresource.version ?? version,
          kind: subresource.kind,
        },
        verbs: subresource.verbs,
      })),
    }),
  };
}
