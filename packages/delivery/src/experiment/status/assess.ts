import type {
  AnalysisPhase,
  Experiment,
  ExperimentStatus,
  ExperimentTemplatePhase,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { isCompleted } from '../../analysis/plan/assessMetric';
import { isWorse } from '../../analysis/plan/summary';
import { analysisStatusOf, templateStatusOf } from '../context';
import { requiredHaveSucceeded } from '../ending';

/** Where an experiment stands. */
export interface Assessment {
  phase: AnalysisPhase;
  message?: string;
}

/** From best to worst. */
const TEMPLATE_ORDER: ExperimentTemplatePhase[] = [
  'Successful',
  'Running',
  'Progressing',
  'Error',
  'Failed',
];

const PHASES: Record<ExperimentTemplatePhase, AnalysisPhase> = {
  Successful: 'Successful',
  Running: 'Running',
  Progressing: 'Pending',
  Error: 'Error',
  Failed: 'Failed',
};

function assessTemplates(
  { spec }: Experiment,
  status: ExperimentStatus,
): Assessment {
  let worst: ExperimentTemplatePhase = 'Successful';
  let message: string | undefined;
  for (const { name } of spec.templates) {
    const template = templateStatusOf(status, name);
    const phase = template?.status ?? 'Progressing';
    if (TEMPLATE_ORDER.indexOf(phase) > TEMPLATE_ORDER.indexOf(worst)) {
      worst = phase;
      message = template?.message;
    }
  }
  return { phase: PHASES[worst], message };
}

/** Of analyses that have not begun nothing is said. */
function assessAnalyses(
  { spec }: Experiment,
  status: ExperimentStatus,
): Assessment {
  let worst: Assessment = { phase: 'Successful' };
  for (const { name } of spec.analyses ?? []) {
    const analysis = analysisStatusOf(status, name);
    if (analysis && isWorse(analysis.phase, worst.phase)) {
      worst = { phase: analysis.phase, message: analysis.message };
    }
  }
  return worst.phase === 'Pending' ? { ...worst, phase: 'Running' } : worst;
}

/**
 * The experiment's phase by those of its templates and analyses. A version
 * that does not come up, and an analysis that does not succeed, end it at once;
 * required analyses decide, by their success alone, also before the duration
 * is over and however long the others would go on.
 * Source: docs, features/experiment, "Experiment Lifecycle".
 */
export function assess(
  experiment: Experiment,
  status: ExperimentStatus,
): Assessment {
  const templates = assessTemplates(experiment, status);
  const analyses = assessAnalyses(experiment, status);
  const required = (experiment.spec.analyses ?? []).some(
    each => each.requiredForCompletion,
  );
  if (isCompleted(templates.phase) && templates.phase !== 'Successful') {
    return templates;
  }
  if (isCompleted(analyses.phase) && analyses.phase !== 'Successful') {
    return analyses;
  }
  if (requiredHaveSucceeded(experiment, status)) {
    return {
      phase: 'Successful',
      message: 'Required AnalysisRuns completed',
    };
  }
  if (templates.phase === 'Successful' && required) return analyses;
  return templates;
}
