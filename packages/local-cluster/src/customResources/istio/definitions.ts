import { Column } from '../../kinds/kindDefinition';
import { open, record } from '../../schema/builders';
import { ageColumn, ShortDefinition } from '../definition';

const shared = {
  group: 'networking.istio.io',
  versions: ['v1alpha3', 'v1beta1', 'v1'],
  schema: record({ spec: open, status: open }),
  status: true,
};

const plain = (name: string, jsonPath: string): Column => ({
  name,
  type: 'string',
  jsonPath,
});

/**
 * Istio's routing kinds as Argo Rollouts and the gateway use them: served in
 * three versions that differ in name only, all fields kept, none checked.
 */
export const istioDefinitions: ShortDefinition[] = [
  {
    ...shared,
    kind: 'VirtualService',
    plural: 'virtualservices',
    shortNames: ['vs'],
    columns: [
      plain('Gateways', '.spec.gateways'),
      plain('Hosts', '.spec.hosts'),
      ageColumn,
    ],
  },
  {
    ...shared,
    kind: 'DestinationRule',
    plural: 'destinationrules',
    shortNames: ['dr'],
    columns: [plain('Host', '.spec.host'), ageColumn],
  },
];
