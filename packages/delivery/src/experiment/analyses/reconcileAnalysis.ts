import type {
  AnalysisRun,
  ExperimentAnalysis,
  ExperimentAnalysisStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import { AnalysisBuildError } from '../../analysis/build/AnalysisBuildError';
import { isCompleted } from '../../analysis/plan/assessMetric';
import { canonicalJson } from '../../rollout/template/canonicalJson';
import { analysisStatusOf, type ExperimentContext } from '../context';
import { runName } from '../names';
import { isOwnedBy } from '../ownership';
import { refusalKey } from '../snapshot';
import { buildRun } from './buildRun';
import { hasTemplate, missing } from './analysisTemplate';

/** One that is at work and is to stay so. */
function isAtWork({ status, spec }: AnalysisRun): boolean {
  return !isCompleted(status?.phase) && !spec.terminate;
}

function ownRuns({ snapshot, experiment }: ExperimentContext): AnalysisRun[] {
  return snapshot.analysisRuns.filter(run => isOwnedBy(run, experiment));
}

/** Of this attempt, though a crash came before the status could name it. */
function unnamedRun(
  context: ExperimentContext,
  analysis: string,
  wanted: AnalysisRun,
): AnalysisRun | undefined {
  const name = runName(context.experiment, analysis);
  return ownRuns(context).find(
    run =>
      (run.metadata.name === name ||
        run.metadata.name.startsWith(`${name}.`)) &&
      isAtWork(run) &&
      canonicalJson(run.spec) === canonicalJson(wanted.spec),
  );
}

function freeName(context: ExperimentContext, analysis: string): string {
  const { snapshot, experiment } = context;
  for (let attempt = 0; ; attempt++) {
    const name = runName(experiment, analysis, attempt);
    if (!snapshot.takenRunNames.includes(name)) return name;
  }
}

/** @param again - the name of a run that has been there and is gone */
function start(
  context: ExperimentContext,
  analysis: ExperimentAnalysis,
  again?: string,
): ExperimentAnalysisStatus {
  const { snapshot, draft } = context;
  const { name } = analysis;
  const failed = (why: string): ExperimentAnalysisStatus => ({
    name,
    analysisRun: '',
    phase: 'Error',
    message: `Failed to create AnalysisRun for analysis '${name}': ${why}`,
  });
  let run: AnalysisRun;
  try {
    run = buildRun(snapshot, analysis, again ?? freeName(context, name));
  } catch (error) {
    if (error instanceof AnalysisBuildError) return failed(error.message);
    throw error;
  }
  const found = again ? undefined : unnamedRun(context, name, run);
  if (found) {
    return {
      name,
      analysisRun: found.metadata.name,
      phase: found.status?.phase ?? 'Pending',
    };
  }
  const refusal = snapshot.refusals[refusalKey(run)];
  if (refusal !== undefined) return failed(refusal);
  draft.create(
    RESOURCES.analysisRuns,
    run,
    `started analysis ${run.metadata.name}`,
  );
  return { name, analysisRun: run.metadata.name, phase: 'Pending' };
}

function follow(
  context: ExperimentContext,
  analysis: ExperimentAnalysis,
  known: ExperimentAnalysisStatus,
): ExperimentAnalysisStatus {
  const run = ownRuns(context).find(
    each => each.metadata.name === known.analysisRun,
  );
  if (isCompleted(known.phase)) return known;
  if (!run) {
    // Somebody has deleted it. What nobody waits for is not measured again.
    return context.ending
      ? {
          ...known,
          phase: 'Error',
          message: `analysisruns.argoproj.io "${known.analysisRun}" not found`,
        }
      : start(context, analysis, known.analysisRun);
  }
  if (context.ending && isAtWork(run)) {
    context.draft.event(
      'AnalysisRunTerminating',
      `Terminating ${analysis.name} (${run.metadata.name})`,
    );
  }
  const { phase = 'Pending', message } = run.status ?? {};
  return {
    name: known.name,
    analysisRun: known.analysisRun,
    phase,
    ...(message ? { message } : {}),
  };
}

/** What is there to be said before there is a run. */
function beginning(
  context: ExperimentContext,
  analysis: ExperimentAnalysis,
): ExperimentAnalysisStatus | undefined {
  if (!hasTemplate(context, analysis)) return missing(context, analysis);
  return context.before.availableAt ? start(context, analysis) : undefined;
}

/**
 * Runs one analysis once all templates are available. Before that it only
 * looks whether the template is there.
 */
export function reconcileAnalysis(
  context: ExperimentContext,
  analysis: ExperimentAnalysis,
): ExperimentAnalysisStatus | undefined {
  const { before, ending, draft } = context;
  const known = analysisStatusOf(before, analysis.name);
  let status = known;
  if (known?.analysisRun) {
    status = follow(context, analysis, known);
  } else if (!isCompleted(known?.phase) && !ending) {
    status = beginning(context, analysis);
  }
  if (status?.phase && status.phase !== known?.phase) {
    draft.ownerEvents.push(
      draft.transition(
        `AnalysisRun '${analysis.name}'`,
        'AnalysisRun',
        known?.phase,
        status.phase,
        status.message,
      ),
    );
  }
  return status;
}

/** Ends runs that are still at work when the experiment ends, or that it has forgotten. */
export function endRuns(context: ExperimentContext): void {
  const { draft, ending } = context;
  const inUse = new Set(
    (draft.status.analysisRuns ?? []).map(each => each.analysisRun),
  );
  for (const run of ownRuns(context)) {
    if (!isAtWork(run) || (!ending && inUse.has(run.metadata.name))) continue;
    draft.patch(
      RESOURCES.analysisRuns,
      run,
      { spec: { terminate: true } },
      `ended analysis ${run.metadata.name}: ${ending ? 'the experiment is over' : 'nothing waits for it'}`,
    );
  }
}
