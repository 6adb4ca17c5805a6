import { plainColumn, routingKind } from './routingKind';

const shared = {
  group: 'networking.istio.io',
  versions: ['v1alpha3', 'v1beta1', 'v1'],
  status: true,
};

/** Istio's versions differ in name only. */
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
];
