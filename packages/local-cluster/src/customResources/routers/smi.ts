import { plainColumn, routingKind } from './routingKind';

/** The Service Mesh Interface; v1alpha1 has other types of weight, which are kept as they are. */
export const smiDefinitions = [
  routingKind({
    group: 'split.smi-spec.io',
    versions: ['v1alpha1', 'v1alpha2', 'v1alpha3', 'v1alpha4'],
    kind: 'TrafficSplit',
    plural: 'trafficsplits',
    shortNames: ['ts'],
    columns: [plainColumn('Service', '.spec.service')],
  }),
];
