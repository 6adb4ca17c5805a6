import type {
  AnalysisRun,
  Rollout,
  RolloutAnalysis,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { AnalysisBuildError } from '../../analysis/build/AnalysisBuildError';
import {
  buildAnalysisRun,
  type AnalysisRunType,
} from '../../analysis/build/buildAnalysisRun';
import type { TemplateLookup } from '../../analysis/build/mergeTemplates';
import type { FieldPath } from '../read/fieldPath';
import type { TemplateScene } from './templateScene';

/** Stands for the new version's pod template hash in what a run is built to. */
export const POD_HASH = 'new-pod-template-hash';

/** One analysis that a rollout's strategy asks for. */
export interface AnalysisScene {
  path: FieldPath;
  analysis: RolloutAnalysis;
  type: AnalysisRunType;
  /** Index of its step, or of the step at which it starts. */
  step: number;
  /** Those it names, and those they name in turn, as far as they are given. */
  templates: readonly TemplateScene[];
  /** As the controller would create it; absent where it would not. */
  run?: AnalysisRun;
}

const CANARY = ['spec', 'strategy', 'canary'];
const BLUE_GREEN = ['spec', 'strategy', 'blueGreen'];

type Named = Omit<AnalysisScene, 'templates' | 'run'>;

/** Every analysis of a strategy but those of experiments. */
function analysesOf({ spec }: Rollout): Named[] {
  const { canary, blueGreen } = spec.strategy ?? {};
  const found: Named[] = [];
  if (canary?.analysis) {
    found.push({
      path: [...CANARY, 'analysis'],
      analysis: canary.analysis,
      type: 'Background',
      step: canary.analysis.startingStep ?? 0,
    });
  }
  canary?.steps?.forEach(({ analysis }, step) => {
    if (!analysis) return;
    const path = [...CANARY, 'steps', step, 'analysis'];
    found.push({ path, analysis, type: 'Step', step });
  });
  for (const [field, type] of [
    ['prePromotionAnalysis', 'PrePromotion'],
    ['postPromotionAnalysis', 'PostPromotion'],
  ] as const) {
    const analysis = blueGreen?.[field];
    if (!analysis) continue;
    found.push({ path: [...BLUE_GREEN, field], analysis, type, step: 0 });
  }
  return found;
}

function runOf(
  rollout: Rollout,
  { analysis, type, step }: Named,
  templates: TemplateLookup,
): AnalysisRun | undefined {
  try {
    return buildAnalysisRun({
      rollout,
      analysis,
      type,
      ...(type === 'Step' ? { stepIndex: step } : {}),
      podHash: POD_HASH,
      stableHash: 'stable-pod-template-hash',
      revision: '2',
      templates,
      onMissing: () => undefined,
    });
  } catch (error) {
    // The validation says what is wrong with it.
    if (error instanceof AnalysisBuildError) return undefined;
    throw error;
  }
}

/**
 * @param find - a template by what a rollout, or another template, says of it
 * @param lookup - the same templates, for the controller's own code
 */
export function analysisScenes(
  rollout: Rollout,
  find: (reference: {
    templateName: string;
    clusterScope?: boolean;
  }) => TemplateScene | undefined,
  lookup: TemplateLookup,
): AnalysisScene[] {
  return analysesOf(rollout).map(named => {
    const met = new Set<TemplateScene>();
    const visit = (reference: { templateName: string }): void => {
      const found = find(reference);
      if (!found || met.has(found)) return;
      met.add(found);
      found.template.spec?.templates?.forEach(visit);
    };
    named.analysis.templates?.forEach(visit);
    return {
      ...named,
      templates: [...met],
      run: runOf(rollout, named, lookup),
    };
  });
}
