import {
  POD_TEMPLATE_HASH_LABEL,
  REVISION_ANNOTATION,
  type AnalysisTemplate,
  type CanaryStrategy,
  type KubeObject,
  type PodTemplateSpec,
  type ReplicaSet,
  type Rollout,
  type RolloutAnalysis,
  type RolloutExperimentStep,
  type RolloutStatus,
  type Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { newReplicaSet } from '../rollout/revisions/newReplicaSet';
import { stepKindOf } from '../rollout/steps/registry';
import { SimulatedCluster } from './simulatedCluster';

/** Short enough not to matter, long enough to keep the order of things. */
const POD_STARTUP_MILLISECONDS = 1_000;
const ANALYSIS_MILLISECONDS = 1_000;
/** Of the new version; the stable one is the first. */
export const NEW_REVISION = 2;
const TEMPLATE = 'simulated';
const VIRTUAL_SERVICE = 'simulated';
const STABLE = 'simulated-stable';
const CANARY = 'simulated-canary';

const SIMULATED_ANALYSIS: RolloutAnalysis = {
  templates: [{ templateName: TEMPLATE }],
};

/** The same versions for as long, without what the simulation has not. */
function simulatedExperiment(
  experiment: RolloutExperimentStep,
): RolloutExperimentStep {
  return {
    duration: experiment.duration,
    templates: (experiment.templates ?? []).map(
      ({ name, specRef, replicas }) => ({
        name,
        specRef: specRef === 'stable' ? specRef : 'canary',
        replicas,
      }),
    ),
    analyses: (experiment.analyses ?? []).map(each => ({
      name: each.name,
      templateName: each.templateName,
      requiredForCompletion: each.requiredForCompletion,
    })),
  };
}

/**
 * The same strategy on things that the simulation has: any router becomes one
 * VirtualService, any analysis one template; steps of kinds that this
 * controller does not have take no time.
 */
function simulatedStrategy(canary: CanaryStrategy): CanaryStrategy {
  const { trafficRouting, steps, analysis, maxSurge, maxUnavailable } = canary;
  const max = trafficRouting?.maxTrafficWeight ?? 100;
  return {
    maxSurge,
    maxUnavailable,
    scaleDownDelaySeconds: canary.scaleDownDelaySeconds,
    abortScaleDownDelaySeconds: canary.abortScaleDownDelaySeconds,
    minPodsPerReplicaSet: canary.minPodsPerReplicaSet,
    ...(trafficRouting
      ? {
          canaryService: CANARY,
          stableService: STABLE,
          trafficRouting: {
            istio: { virtualService: { name: VIRTUAL_SERVICE } },
          },
        }
      : {}),
    ...(analysis
      ? {
          analysis: {
            ...SIMULATED_ANALYSIS,
            startingStep: analysis.startingStep,
          },
        }
      : {}),
    steps: steps?.map(step => {
      if (step.analysis) {
        return {
          analysis: {
            templates: (step.analysis.templates ?? []).map(each => ({
              templateName: each.templateName,
            })),
          },
        };
      }
      if (step.experiment) {
        return { experiment: simulatedExperiment(step.experiment) };
      }
      if (step.setWeight !== undefined) {
        return { setWeight: (step.setWeight * 100) / max };
      }
      const isRoute = step.setHeaderRoute ?? step.setMirrorRoute;
      return stepKindOf(step) && !isRoute ? step : { pause: { duration: 0 } };
    }),
  };
}

function virtualService(weight: number, namespace?: string): KubeObject {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: VIRTUAL_SERVICE, namespace },
    spec: {
      http: [
        {
          route: [
            { destination: { host: STABLE }, weight: 100 - weight },
            { destination: { host: CANARY }, weight },
          ],
        },
      ],
    },
  } as KubeObject;
}

function replicaSet(
  rollout: Rollout,
  template: PodTemplateSpec,
  hash: string,
  revision: number,
  replicas: number,
): ReplicaSet {
  const made = newReplicaSet(rollout, template, hash, revision);
  return {
    ...made,
    spec: { ...made.spec, replicas },
    status: { replicas, readyReplicas: replicas, availableReplicas: replicas },
  };
}

function templates(canary: CanaryStrategy, namespace?: string) {
  const names = new Set([
    TEMPLATE,
    ...(canary.steps ?? []).flatMap(step =>
      [
        ...(step.analysis?.templates ?? []),
        ...(step.experiment?.analyses ?? []),
      ].map(each => each.templateName),
    ),
  ]);
  return [...names].map((name): AnalysisTemplate => ({
    metadata: { name, namespace },
    spec: {
      metrics: [{ name: `metric-of-${name}`, provider: { simulated: {} } }],
    },
  }));
}

/** The weights out of 100, as the simulated route has them. */
function withRoutedWeight(
  canary: RolloutStatus['canary'],
  weight: number,
): RolloutStatus['canary'] {
  const weights = canary?.weights;
  return weights
    ? {
        ...canary,
        weights: {
          ...weights,
          canary: { ...weights.canary, weight },
          stable: { ...weights.stable, weight: 100 - weight },
        },
      }
    : canary;
}

/**
 * A simulated cluster in the state that a rollout's status describes: its
 * pods available, its traffic as noted.
 */
export function simulatedState(original: Rollout): SimulatedCluster {
  const { namespace, name } = original.metadata;
  const strategy = simulatedStrategy(original.spec.strategy?.canary ?? {});
  const template: PodTemplateSpec = {
    metadata: { labels: { app: name } },
    spec: { containers: [{ name: 'simulated', image: 'simulated:new' }] },
  };
  const { status = {} } = original;
  const { maxTrafficWeight = 100 } =
    original.spec.strategy?.canary?.trafficRouting ?? {};
  const routedWeight =
    ((status.canary?.weights?.canary.weight ?? 0) * 100) / maxTrafficWeight;
  const rollout: Rollout = {
    ...original,
    metadata: { ...original.metadata, uid: original.metadata.uid ?? 'uid' },
    spec: {
      replicas: original.spec.replicas,
      paused: original.spec.paused,
      minReadySeconds: original.spec.minReadySeconds,
      selector: { matchLabels: { app: name } },
      template,
      strategy: { canary: strategy },
    },
    status: {
      ...status,
      canary: withRoutedWeight(status.canary, routedWeight),
      currentStepHash: undefined,
      conditions: undefined,
    },
  };
  const replicas = original.spec.replicas ?? 1;
  const updated = Math.min(status.updatedReplicas ?? 0, replicas);
  const current = status.currentPodHash ?? 'new';
  const stable = status.stableRS;
  const routed = strategy.trafficRouting !== undefined;
  const old: PodTemplateSpec = {
    ...template,
    spec: { containers: [{ name: 'simulated', image: 'simulated:old' }] },
  };
  const replicaSets = [
    ...(stable && stable !== current
      ? [
          replicaSet(
            rollout,
            old,
            stable,
            1,
            routed ? replicas : replicas - updated,
          ),
        ]
      : []),
    replicaSet(
      rollout,
      template,
      current,
      NEW_REVISION,
      stable === current ? replicas : updated,
    ),
  ];
  rollout.metadata.annotations = {
    [REVISION_ANNOTATION]: String(NEW_REVISION),
  };
  const service = (of: string, hash: string): Service => ({
    metadata: { name: of, namespace },
    spec: { selector: { app: name, [POD_TEMPLATE_HASH_LABEL]: hash } },
  });
  return new SimulatedCluster({
    rollout,
    replicaSets,
    services: [
      service(STABLE, stable ?? current),
      service(CANARY, updated > 0 ? current : (stable ?? current)),
    ],
    routes: [virtualService(routedWeight, namespace)],
    analysisTemplates: templates(strategy, namespace),
    podLife: () => POD_STARTUP_MILLISECONDS,
    analysisFate: run =>
      run.metadata.labels?.['rollout-type'] === 'Background'
        ? undefined
        : { afterMilliseconds: ANALYSIS_MILLISECONDS, phase: 'Successful' },
  });
}
