import { plainColumn, routingKind } from './routingKind';

const shared = {
  group: 'networking.istio.io',
  versions: ['v1alpha3', 'v1beta1', 'v1'],
  status: true,
};

/**
 * The routes, and what manifests of a mesh bring beside them. Istio's versions
 * differ in name only.
 */
export const istioDefinitions = [
  routingKind({
    ...shared,
    kind: 'VirtualService',
    plural: 'virtualservices',
    shortNames: ['vs'],
    columns: [
      plainColumn('Gateways', '.spec.gateways'),
      plainColumn('Hosts', '.spec.hosts'),
    ],
  }),
  routingKind({
    ...shared,
    kind: 'DestinationRule',
    plural: 'destinationrules',
    shortNames: ['dr'],
    columns: [plainColumn('Host', '.spec.host')],
  }),
  routingKind({
    ...shared,
    kind: 'Gateway',
    plural: 'gateways',
    shortNames: ['gw'],
  }),
  routingKind({
    ...shared,
    kind: 'ServiceEntry',
    plural: 'serviceentries',
    shortNames: ['se'],
    columns: [
      plainColumn('Hosts', '.spec.hosts'),
      plainColumn('Location', '.spec.location'),
      plainColumn('Resolution', '.spec.resolution'),
    ],
  }),
  routingKind({ ...shared, kind: 'Sidecar', plural: 'sidecars' }),
];
