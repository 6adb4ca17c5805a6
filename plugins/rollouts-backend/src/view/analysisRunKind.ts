import {
  ANALYSIS_TYPE_LABEL,
  STEP_INDEX_LABEL,
  type AnalysisRun,
  type AnalysisRunView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

const KINDS: Record<string, AnalysisRunView['kind']> = {
  Background: 'background',
  Step: 'step',
  PrePromotion: 'pre-promotion',
  PostPromotion: 'post-promotion',
};

/** Why a run exists, by the label that the controller puts on it. */
export function runKindOf({ metadata }: AnalysisRun): AnalysisRunView['kind'] {
  const label = metadata.labels?.[ANALYSIS_TYPE_LABEL] ?? '';
  const owner = metadata.ownerReferences?.[0]?.kind;
  if (Object.hasOwn(KINDS, label)) {
    return KINDS[label] ?? 'standalone';
  }
  return owner === 'Experiment' ? 'experiment' : 'standalone';
}

export function stepIndexOf({ metadata }: AnalysisRun): number | undefined {
  const text = metadata.labels?.[STEP_INDEX_LABEL];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
