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

/** One that has its verdict before it was begun. */
export function forgedRun(kind: 'Rollout' | 'Somebody'): AnyObject {
  const owner = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind,
    name: 'colors',
    uid: 'forged',
    controller: true,
  };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisRun',
    metadata: { name: 'forged', ownerReferences: [owner] },
    spec: METRICS,
    status: { phase: 'Successful' },
  };
}

function ownerOf(kind: 'Rollout' | 'Experiment', { metadata }: AnyObject) {
  const { name, uid = '' } = metadata;
  const apiVersion = 'argoproj.io/v1alpha1';
  return { apiVersion, kind, name, uid, controller: true };
}
