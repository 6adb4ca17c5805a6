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
 * The five kinds of Argo Rollouts 1.9: names, columns, subresources and fields
 * as in its own CRDs. The step `replicaProgressThreshold`, which is in its
 * documentation, is kept; its CRD prunes it. Volumes are open objects, as
 * there. Not implemented: descriptions of most fields.
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
