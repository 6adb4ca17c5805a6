import {
  type AnyObject,
  type KubeClient,
  RESOURCES,
} from '@progressive-delivery/kube';

const METRICS = { metrics: [] };

/** Beside the analysis run of a stage: an experiment with its own, and one that is nobody's. */
export async function stageAnalyses(
  client: KubeClient,
  namespace: string,
  rollout: AnyObject,
): Promise<void> {
  const experiment = await client.create(RESOURCES.experiments, {
    metadata: {
      name: 'trial',
      namespace,
      ownerReferences: [ownerOf('Rollout', rollout)],
    },
    spec: { templates: [] },
  });
  await client.create(RESOURCES.analysisRuns, {
    metadata: {
      name: 'trial-run',
      namespace,
      ownerReferences: [ownerOf('Experiment', experiment)],
    },
    spec: METRICS,
  });
  await client.create(RESOURCES.analysisRuns, {
    metadata: { name: 'own', namespace },
    spec: METRICS,
  });
}

function ownerOf(kind: 'Rollout' | 'Experiment', { metadata }: AnyObject) {
  const { name, uid = '' } = metadata;
  const apiVersion = 'argoproj.io/v1alpha1';
  return { apiVersion, kind, name, uid, controller: true };
}
