import type {
  ExperimentAnalysis,
  ExperimentAnalysisStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parseTime } from '../../rollout/time';
import type { ExperimentContext } from '../context';

/**
 * Milliseconds from the creation of an experiment in which its templates may
 * still come into view: one `kubectl apply` creates both, and each kind is
 * watched on its own.
 */
const GRACE = 5_000;

/** Whether the template that the analysis names is there. */
export function hasTemplate(
  { snapshot }: ExperimentContext,
  { templateName, clusterScope }: ExperimentAnalysis,
): boolean {
  return Object.hasOwn(
    clusterScope
      ? snapshot.clusterAnalysisTemplates
      : snapshot.analysisTemplates,
    templateName,
  );
}

/**
 * A template of an analysis is not there yet. No pods are started meanwhile:
 * when it never comes, the experiment is an Error without having run.
 */
export function awaitsTemplates(context: ExperimentContext): boolean {
  const { experiment, before, ending } = context;
  return (
    !ending &&
    before.availableAt === undefined &&
    (experiment.spec.analyses ?? []).some(
      analysis => !hasTemplate(context, analysis),
    )
  );
}

/** An Error for a template that does not exist, whether pods are there or not. */
export function missing(
  { experiment, draft, now }: ExperimentContext,
  { name, templateName, clusterScope }: ExperimentAnalysis,
): ExperimentAnalysisStatus | undefined {
  const created = parseTime(experiment.metadata.creationTimestamp) ?? 0;
  if (now < created + GRACE) {
    draft.wake(created + GRACE);
    draft.because(`waiting for analysis template ${templateName} to appear`);
    return undefined;
  }
  const kind = clusterScope ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate';
  return {
    name,
    analysisRun: '',
    phase: 'Error',
    message: `${kind} verification failed for analysis '${name}': ${kind.toLowerCase()}s.argoproj.io "${templateName}" not found`,
  };
}
