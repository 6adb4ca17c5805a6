import { ageColumn, nameColumn } from './commonColumns';
import { selectorText } from './selectorText';
import { column, TableColumn, wide } from './tableColumn';

type Item = Record<string, any>;

export const serviceColumns: TableColumn[] = [
  nameColumn,
  column('Type', ({ spec }) => spec?.type ?? 'ClusterIP'),
  column('Cluster-IP', ({ spec }) => spec?.clusterIP ?? '<none>'),
  column('External-IP', ({ spec }) =>
    spec?.type === 'LoadBalancer'
      ? '<pending>'
      : (spec?.externalName ?? '<none>'),
  ),
  column('Port(s)', ({ spec }) =>
    text(
      (spec?.ports ?? []).map((port: Item) =>
        port.nodePort
          ? `${port.port}:${port.nodePort}/${port.protocol}`
          : `${port.port}/${port.protocol}`,
      ),
    ),
  ),
  ageColumn,
  wide('Selector', ({ spec }) => selectorText({ matchLabels: spec?.selector })),
];

export const endpointSliceColumns: TableColumn[] = [
  nameColumn,
  column('AddressType', object => object.addressType ?? ''),
  column('Ports', object =>
    text((object.ports ?? []).map((port: Item) => port.port)),
  ),
  column('Endpoints', object => {
    const addresses = (object.endpoints ?? []).flatMap(
      (endpoint: Item) => endpoint.addresses ?? [],
    );
    if (addresses.length <= 3) return text(addresses);
    return `${addresses.slice(0, 3).join(',')} + ${addresses.length - 3} more...`;
  }),
  ageColumn,
];

export const endpointsColumns: TableColumn[] = [
  nameColumn,
  column('Endpoints', object =>
    text(
      (object.subsets ?? []).flatMap((subset: Item) =>
        (subset.addresses ?? []).flatMap((address: Item) =>
          (subset.ports ?? []).map(
            (port: Item) => `${address.ip}:${port.port}`,
          ),
        ),
      ),
    ),
  ),
  ageColumn,
];

export const ingressColumns: TableColumn[] = [
  nameColumn,
  column('Class', ({ spec }) => spec?.ingressClassName ?? '<none>'),
  column('Hosts', ({ spec }) => {
    const hosts = (spec?.rules ?? [])
      .map((rule: Item) => rule.host)
      .filter(Boolean);
    return hosts.length > 0 ? hosts.join(',') : '*';
  }),
  column('Address', ({ status }) =>
    (status?.loadBalancer?.ingress ?? [])
      .map((item: Item) => item.ip ?? item.hostname)
      .join(','),
  ),
  column('Ports', ({ spec }) => (spec?.tls ? '80, 443' : '80')),
  ageColumn,
];

function text(values: unknown[]): string {
  return values.length > 0 ? values.join(',') : '<none>';
}
