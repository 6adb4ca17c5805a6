import { plainColumn, routingKind } from './routingKind';

/** Ambassador, today Emissary. */
export const ambassadorDefinitions = [
  routingKind({
    group: 'getambassador.io',
    versions: ['v2', 'v3alpha1'],
    kind: 'Mapping',
    plural: 'mappings',
    status: true,
    columns: [
      plainColumn('Source Host', '.spec.host'),
      plainColumn('Source Prefix', '.spec.prefix'),
      plainColumn('Dest Service', '.spec.service'),
    ],
  }),
];
