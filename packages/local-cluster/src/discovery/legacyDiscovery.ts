import { apiVersionOf } from '../kinds/kindDefinition';
import { DiscoveredGroup, DiscoveredResource } from './resources';

/** `/api` */
export function coreVersions(address: string) {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [
      { clientCIDR: '0.0.0.0/0', serverAddress: address },
    ],
  };
}

/** `/apis` */
export function groupList(groups: DiscoveredGroup[]) {
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: groups.filter(({ group }) => group !== '').map(describeGroup),
  };
}

/** `/apis/apps` */
export function singleGroup(group: DiscoveredGroup) {
  return { kind: 'APIGroup', apiVersion: 'v1', ...describeGroup(group) };
}

/** `/apis/apps/v1`, `/api/v1` */
export function resourceList(
  group: string,
  version: string,
  resources: DiscoveredResource[],
) {
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersionOf(group, version),
    resources: resources.flatMap(resource => {
      const { subresources, shortNames, categories, ...rest } = resource;
      return [
        {
          ...rest,
          ...(shortNames.length > 0 && { shortNames }),
          ...(categories.length > 0 && { categories }),
        },
        ...subresources.map(subresource => ({
          ...subresource,
          name: `${resource.name}/${subresource.name}`,
          singularName: '',
          namespaced: resource.namespaced,
        })),
      ];
    }),
  };
}

function describeGroup({ group, versions }: DiscoveredGroup) {
  const described = versions.map(({ version }) => ({
    groupVersion: apiVersionOf(group, version),
    version,
  }));
  return {
    name: group,
    versions: described,
    preferredVersion: described[0],
  };
}
