import {
  POD_TEMPLATE_HASH_LABEL,
  REVISION_ANNOTATION,
  type Experiment,
  type ExperimentTemplate,
  type RolloutExperimentStep,
  type RolloutExperimentTemplate,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { resolveRolloutArguments } from '../../analysis/build/mergeArguments';
import type { RolloutContext } from '../context';
import { ownerReference } from '../revisions/ownerReference';
import type { Revision } from '../revisions/revision';

/** What a template takes from the version that it refers to. */
function templateOf(
  template: RolloutExperimentTemplate,
  { replicaSet: { spec } }: Revision,
): ExperimentTemplate {
  const { metadata = {}, replicas, service, weight } = template;
  const pods = spec.template;
  // The hash is the rollout's own: the experiment's pods get another.
  const { [POD_TEMPLATE_HASH_LABEL]: _label, ...labels } =
    pods.metadata?.labels ?? {};
  const selector = template.selector ?? spec.selector;
  const { [POD_TEMPLATE_HASH_LABEL]: _selected, ...selected } =
    selector.matchLabels ?? {};
  return {
    name: template.name,
    ...(replicas === undefined ? {} : { replicas }),
    ...(spec.minReadySeconds ? { minReadySeconds: spec.minReadySeconds } : {}),
    selector: {
      ...selector,
      matchLabels: { ...selected, ...metadata.labels },
    },
    template: {
      ...pods,
      metadata: {
        ...pods.metadata,
        labels: { ...labels, ...metadata.labels },
        annotations: { ...pods.metadata?.annotations, ...metadata.annotations },
      },
    },
    // Whoever routes to it needs a Service.
    ...(weight !== undefined || service
      ? { service: service?.name ? { name: service.name } : {} }
      : {}),
  };
}

/** `<rollout>-<pod hash>-<revision>-<step index>`: docs, features/experiment. */
export function experimentName(
  { rollout, current }: RolloutContext,
  stepIndex: number,
): string {
  return [rollout.metadata.name, current.hash, current.number, stepIndex].join(
    '-',
  );
}

/**
 * The Experiment that a step asks for, ready to be created: owned by the
 * rollout, with the pod templates of its revisions and the arguments resolved
 * against it.
 *
 * @throws AnalysisBuildError when an argument refers to a field that the
 * rollout has not
 */
export function buildExperiment(
  context: RolloutContext,
  step: RolloutExperimentStep,
  name: string,
): Experiment {
  const { rollout, current, stable = current } = context;
  const { metadata, spec } = rollout;
  const { duration, dryRun, analysisRunMetadata, scaleDownDelaySeconds } = step;
  const deadline = spec.progressDeadlineSeconds;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Experiment',
    metadata: {
      name,
      namespace: metadata.namespace,
      labels: { ...metadata.labels, [POD_TEMPLATE_HASH_LABEL]: current.hash },
      annotations: { [REVISION_ANNOTATION]: String(current.number) },
      ownerReferences: [ownerReference(rollout)],
    },
    spec: {
      ...(duration === undefined ? {} : { duration }),
      ...(deadline === undefined ? {} : { progressDeadlineSeconds: deadline }),
      ...(dryRun ? { dryRun } : {}),
      ...(analysisRunMetadata ? { analysisRunMetadata } : {}),
      ...(scaleDownDelaySeconds === undefined ? {} : { scaleDownDelaySeconds }),
      templates: step.templates.map(each =>
        templateOf(each, each.specRef === 'stable' ? stable : current),
      ),
      ...(step.analyses?.length
        ? {
            analyses: step.analyses.map(({ args, ...analysis }) => ({
              ...analysis,
              ...(args?.length
                ? {
                    args: resolveRolloutArguments(args, {
                      rollout,
                      stableHash: stable.hash,
                      latestHash: current.hash,
                    }),
                  }
                : {}),
            })),
          }
        : {}),
    },
  };
}
