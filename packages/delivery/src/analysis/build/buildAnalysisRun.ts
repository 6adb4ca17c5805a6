import {
  ANALYSIS_TYPE_LABEL,
  INSTANCE_ID_LABEL,
  POD_TEMPLATE_HASH_LABEL,
  REVISION_ANNOTATION,
  STEP_INDEX_LABEL,
  type AnalysisRun,
  type Rollout,
  type RolloutAnalysis,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  collectTemplates,
  mergeTemplates,
  type TemplateLookup,
} from './mergeTemplates';
import { AnalysisBuildError } from './AnalysisBuildError';
import { mergeRunArguments } from './mergeArguments';

/** Why a rollout runs an analysis; the value of the `rollout-type` label. */
export type AnalysisRunType =
  'Step' | 'Background' | 'PrePromotion' | 'PostPromotion';

/** What a run is built from. */
export interface AnalysisRunRequest {
  rollout: Rollout;
  /** The analysis stanza of the rollout: templates, args, dryRun … */
  analysis: RolloutAnalysis;
  type: AnalysisRunType;
  /** Of `type: 'Step'` only. */
  stepIndex?: number;
  /** Hash of the pod template that is being rolled out. */
  podHash: string;
  /** Hash of the stable ReplicaSet; `''` when there is none yet. */
  stableHash: string;
  /** Revision of the rollout, as its ReplicaSet's annotation has it. */
  revision: string;
  /** `RolloutSnapshot` fits. */
  templates: TemplateLookup;
  /** Names that are taken: a retry's run gets `.1`, `.2` … behind its name. */
  takenNames?: Iterable<string>;
  /**
   * For a run that is only built to see whether it could be: told of arguments
   * whose field the rollout does not have yet.
   */
  onMissing?: (argument: string) => void;
}

const SUFFIX: Record<AnalysisRunType, string> = {
  Step: '',
  Background: '',
  PrePromotion: 'pre',
  PostPromotion: 'post',
};

function freeName(name: string, taken: Iterable<string> = []): string {
  const names = new Set(taken);
  let free = name;
  for (let n = 1; names.has(free); n++) free = `${name}.${n}`;
  return free;
}

function refuseTwice(what: string, rules: { metricName: string }[]) {
  const names = rules.map(rule => rule.metricName);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return;
  throw new AnalysisBuildError(
    `two ${what} metric rules have the same name '${twice}'`,
  );
}

/**
 * The AnalysisRun that a rollout's analysis asks for, ready to be created:
 * `<rollout>-<pod hash>-<revision>[-<step index>|-pre|-post]`, owned by the
 * rollout, with the templates merged and the arguments resolved except those
 * that come from a secret.
 *
 * @throws AnalysisBuildError when a template is missing, two of them clash, or
 * an argument has no value.
 */
export function buildAnalysisRun(request: AnalysisRunRequest): AnalysisRun {
  const { rollout, analysis, type, podHash, revision } = request;
  const merged = mergeTemplates(
    collectTemplates(analysis.templates ?? [], request.templates),
  );
  const args = mergeRunArguments(merged.args ?? [], analysis.args ?? [], {
    rollout,
    stableHash: request.stableHash,
    latestHash: podHash,
    ...(request.onMissing ? { onMissing: request.onMissing } : {}),
  });
  const instanceId = rollout.metadata.labels?.[INSTANCE_ID_LABEL];
  const name = [
    rollout.metadata.name,
    podHash,
    revision,
    type === 'Step' ? String(request.stepIndex ?? 0) : SUFFIX[type],
  ]
    .filter(Boolean)
    .join('-');
  const dryRun = [...(analysis.dryRun ?? []), ...(merged.dryRun ?? [])];
  const retention = [
    ...(analysis.measurementRetention ?? []),
    ...(merged.measurementRetention ?? []),
  ];
  refuseTwice('Dry-Run', dryRun);
  refuseTwice('Measurement Retention', retention);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisRun',
    metadata: {
      name: freeName(name, request.takenNames),
      namespace: rollout.metadata.namespace,
      labels: {
        ...analysis.analysisRunMetadata?.labels,
        ...rollout.spec.selector?.matchLabels,
        [POD_TEMPLATE_HASH_LABEL]: podHash,
        [ANALYSIS_TYPE_LABEL]: type,
        ...(type === 'Step'
          ? { [STEP_INDEX_LABEL]: String(request.stepIndex ?? 0) }
          : {}),
        ...(instanceId ? { [INSTANCE_ID_LABEL]: instanceId } : {}),
      },
      annotations: {
        ...analysis.analysisRunMetadata?.annotations,
        [REVISION_ANNOTATION]: revision,
      },
      ownerReferences: [
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Rollout',
          name: rollout.metadata.name,
          uid: rollout.metadata.uid ?? '',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      metrics: merged.metrics,
      ...(args.length ? { args } : {}),
      ...(dryRun.length ? { dryRun } : {}),
      ...(retention.length ? { measurementRetention: retention } : {}),
    },
  };
}
