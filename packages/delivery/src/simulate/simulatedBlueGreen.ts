import {
  POD_TEMPLATE_HASH_LABEL,
  REVISION_ANNOTATION,
  type AnalysisTemplate,
  type BlueGreenStrategy,
  type PodTemplateSpec,
  type ReplicaSet,
  type Rollout,
  type RolloutAnalysis,
  type Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { newReplicaSet } from '../rollout/revisions/newReplicaSet';
import { SimulatedCluster } from './simulatedCluster';

/** Short enough not to matter, long enough to keep the order of things. */
const POD_STARTUP_MILLISECONDS = 1_000;
const ANALYSIS_MILLISECONDS = 1_000;
/** Stand in for the strategy's services. */
export const ACTIVE = 'simulated-active';
export const PREVIEW = 'simulated-preview';

/** The same analyses by name only: what they need is not there. */
function namesOnly(
  analysis: RolloutAnalysis | undefined,
): RolloutAnalysis | undefined {
  return (
    analysis && {
      templates: (analysis.templates ?? []).map(({ templateName }) => ({
        templateName,
      })),
    }
  );
}

function simulatedStrategy(strategy: BlueGreenStrategy): BlueGreenStrategy {
  const { activeMetadata, previewMetadata, antiAffinity, ...rest } = strategy;
  return {
    ...rest,
    activeService: ACTIVE,
    previewService: PREVIEW,
    prePromotionAnalysis: namesOnly(strategy.prePromotionAnalysis),
    postPromotionAnalysis: namesOnly(strategy.postPromotionAnalysis),
  };
}

function templatesOf(strategy: BlueGreenStrategy): AnalysisTemplate[] {
  const names = [strategy.prePromotionAnalysis, strategy.postPromotionAnalysis]
    .flatMap(analysis => analysis?.templates ?? [])
    .map(each => each.templateName);
  return [...new Set(names)].map(name => ({
    metadata: { name },
    spec: {
      metrics: [{ name: `metric-of-${name}`, provider: { simulated: {} } }],
    },
  }));
}

/**
 * A simulated cluster in the state that a blue-green rollout's status
 * describes: its pods available, its services as noted.
 */
export function simulatedBlueGreen(
  original: Rollout,
  blueGreen: BlueGreenStrategy,
): SimulatedCluster {
  const { namespace, name } = original.metadata;
  const { status = {}, spec } = original;
  const template = (image: string): PodTemplateSpec => ({
    metadata: { labels: { app: name } },
    spec: { containers: [{ name: 'simulated', image }] },
  });
  const strategy = simulatedStrategy(blueGreen);
  const rollout: Rollout = {
    ...original,
    metadata: {
      ...original.metadata,
      uid: original.metadata.uid ?? 'uid',
      annotations: { [REVISION_ANNOTATION]: '2' },
    },
    spec: {
      replicas: spec.replicas,
      paused: spec.paused,
      minReadySeconds: spec.minReadySeconds,
      selector: { matchLabels: { app: name } },
      template: template('simulated:new'),
      strategy: { blueGreen: strategy },
    },
    status: { ...status, conditions: undefined },
  };
  const replicas = spec.replicas ?? 1;
  const current = status.currentPodHash ?? 'new';
  const stable = status.stableRS ?? current;
  const replicaSet = (
    image: string,
    hash: string,
    revision: number,
    pods: number,
  ): ReplicaSet => {
    const made = newReplicaSet(rollout, template(image), hash, revision);
    return {
      ...made,
      spec: { ...made.spec, replicas: pods },
      status: { replicas: pods, readyReplicas: pods, availableReplicas: pods },
    };
  };
  const service = (of: string, hash: string): Service => ({
    metadata: { name: of, namespace },
    spec: { selector: { app: name, [POD_TEMPLATE_HASH_LABEL]: hash } },
  });
  const { activeSelector = stable, previewSelector = stable } =
    status.blueGreen ?? {};
  return new SimulatedCluster({
    rollout,
    replicaSets: [
      ...(stable === current
        ? []
        : [replicaSet('simulated:old', stable, 1, replicas)]),
      replicaSet(
        'simulated:new',
        current,
        2,
        stable === current ? replicas : (status.updatedReplicas ?? 0),
      ),
    ],
    services: [
      service(ACTIVE, activeSelector),
      service(PREVIEW, previewSelector),
    ],
    analysisTemplates: templatesOf(strategy),
    podLife: () => POD_STARTUP_MILLISECONDS,
    analysisFate: () => ({
      afterMilliseconds: ANALYSIS_MILLISECONDS,
      phase: 'Successful',
    }),
  });
}
