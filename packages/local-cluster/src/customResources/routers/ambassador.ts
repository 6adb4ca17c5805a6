import { plainColumn, routingKind } from './routingKind';

const shared = { group: 'getambassador.io', versions: ['v2', 'v3alpha1'] };

/** Ambassador, today Emissary. */
export const ambassadorDefinitions = [
  routingKind({
    ...shared,
    kind: 'Mapping',
    plural: 'mappings',
    status: true,
    columns: [
      plainColumn('Source Host', '.spec.host'),
      plainColumn('Source Prefix', '.spec.prefix'),
      plainColumn('Dest Service', '.spec.service'),
    ],
  }),
  routingKind({
    ...shared,
    kind: 'KubernetesEndpointResolver',
    plural: 'kubernetesendpointresolvers',
  }),
  routingKind({
    ...shared,
    kind: 'KubernetesServiceResolver',
    plural: 'kubernetesserviceresolvers',
  }),
];
