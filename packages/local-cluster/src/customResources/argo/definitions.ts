import { Column } from '../../kinds/kindDefinition';
import { ageColumn, ShortDefinition } from '../definition';
import { analysisRunSchema, analysisTemplateSchema } from './analysisSchemas';
import { experimentSchema } from './experimentSchema';
import { rolloutSchema } from './rolloutSchema';

const shared = { group: 'argoproj.io', versions: ['v1alpha1'] };

const statusColumn: Column = {
  name: 'Status',
  type: 'string',
  jsonPath: '.status.phase',
};

const count = (name: string, jsonPath: string): Column => ({
  name,
  type: 'integer',
  jsonPath,
});

/**
 * The five kinds of Argo Rollouts: names, columns and subresources as in its
 * own CRDs, schemas of our own. Implemented: every field of spec and status,
 * typed where people type by hand. Not implemented: the pod template, metric
 * providers and the less common traffic routers are open objects, in which
 * any field is kept; CEL rules.
 */
export const argoDefinitions: ShortDefinition[] = [
  {
    ...shared,
    kind: 'Rollout',
    plural: 'rollouts',
    shortNames: ['ro'],
    schema: rolloutSchema,
    status: true,
    scale: {
      spec: '.spec.replicas',
      status: '.status.HPAReplicas',
      selector: '.status.selector',
    },
    columns: [
      count('Desired', '.spec.replicas'),
      count('Current', '.status.replicas'),
      count('Up-to-date', '.status.updatedReplicas'),
      count('Available', '.status.availableReplicas'),
      ageColumn,
    ],
  },
  {
    ...shared,
    kind: 'AnalysisTemplate',
    plural: 'analysistemplates',
    shortNames: ['at'],
    schema: analysisTemplateSchema,
    columns: [ageColumn],
  },
  {
    ...shared,
    kind: 'ClusterAnalysisTemplate',
    plural: 'clusteranalysistemplates',
    shortNames: ['cat'],
    scope: 'Cluster',
    schema: analysisTemplateSchema,
    columns: [ageColumn],
  },
  {
    ...shared,
    kind: 'AnalysisRun',
    plural: 'analysisruns',
    shortNames: ['ar'],
    schema: analysisRunSchema,
    columns: [statusColumn, ageColumn],
  },
  {
    ...shared,
    kind: 'Experiment',
    plural: 'experiments',
    shortNames: ['exp'],
    schema: experimentSchema,
    columns: [statusColumn, ageColumn],
  },
];
