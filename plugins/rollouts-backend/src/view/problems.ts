import type {
  RolloutAnalysis,
  RolloutDetail,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutSources } from './RolloutSources';
import { stuckPods } from './stuckPods';

type Problem = RolloutDetail['problems'][number];

/** What is wrong with the manifest or with what it names, and what to do. */
export function problemsOf(sources: RolloutSources): Problem[] {
  const { rollout, exists } = sources;
  return [
    ...invalidSpec(rollout),
    ...weights(rollout),
    ...stuckPods(sources),
    ...services(rollout).flatMap(name =>
      exists('service', name) === false
        ? {
            message: `There is no service "${name}", which the strategy names.`,
            remedy: `Create it in namespace ${rollout.metadata.namespace}, or correct the name.`,
          }
        : [],
    ),
    ...virtualServices(rollout).flatMap(name =>
      exists('virtualService', name) === false
        ? {
            message: `There is no VirtualService "${name}", which the strategy names.`,
            remedy: 'Create it, or correct the name.',
          }
        : [],
    ),
    ...analyses(rollout).flatMap(analysis =>
      (analysis.templates ?? []).flatMap(({ templateName, clusterScope }) =>
        exists(
          clusterScope ? 'clusterAnalysisTemplate' : 'analysisTemplate',
          templateName,
        ) === false
          ? {
              message: `There is no ${clusterScope ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate'} "${templateName}".`,
              remedy: 'Create it, or correct the name in the strategy.',
            }
          : [],
      ),
    ),
  ];
}

function invalidSpec({ status }: Rollout): Problem[] {
  const condition = (status?.conditions ?? []).find(
    ({ type, status: value }) => type === 'InvalidSpec' && value !== 'False',
  );
  return condition
    ? [
        {
          message: condition.message ?? 'The manifest is not valid.',
          remedy: 'Correct the field that is named and apply it again.',
        },
      ]
    : [];
}

function weights({ spec }: Rollout): Problem[] {
  const canary = spec.strategy?.canary;
  const max = canary?.trafficRouting?.maxTrafficWeight ?? 100;
  return (canary?.steps ?? []).flatMap(({ setWeight }, index) =>
    setWeight !== undefined && (setWeight < 0 || setWeight > max)
      ? {
          message: `Step ${index + 1} sets the weight ${setWeight}, which is not between 0 and ${max}.`,
          remedy: `Correct spec.strategy.canary.steps[${index}].setWeight.`,
        }
      : [],
  );
}

function services({ spec }: Rollout): string[] {
  const { canary, blueGreen } = spec.strategy ?? {};
  return [
    canary?.canaryService,
    canary?.stableService,
    canary?.pingPong?.pingService,
    canary?.pingPong?.pongService,
    blueGreen?.activeService,
    blueGreen?.previewService,
  ].filter(name => name !== undefined && name !== '') as string[];
}

function virtualServices({ spec }: Rollout): string[] {
  const istio = spec.strategy?.canary?.trafficRouting?.istio;
  return [
    ...(istio?.virtualService ? [istio.virtualService] : []),
    ...(istio?.virtualServices ?? []),
  ].map(({ name }) => name);
}

function analyses({ spec }: Rollout): RolloutAnalysis[] {
  const { canary, blueGreen } = spec.strategy ?? {};
  return [
    canary?.analysis,
    blueGreen?.prePromotionAnalysis,
    blueGreen?.postPromotionAnalysis,
    ...(canary?.steps ?? []).map(({ analysis }) => analysis),
  ].filter(analysis => analysis !== undefined);
}
