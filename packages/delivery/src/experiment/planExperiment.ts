import { isCompleted } from '../analysis/plan/assessMetric';
import { noteInvalid } from '../rollout/status/noteInvalid';
import { formatTime } from '../rollout/time';
import { endRuns, reconcileAnalysis } from './analyses/reconcileAnalysis';
import type { ExperimentContext } from './context';
import { ExperimentDraft, type ExperimentPlan } from './draft';
import { durationEnd, isEnding } from './ending';
import type { ExperimentSnapshot } from './snapshot';
import { assess, type Assessment } from './status/assess';
import { reconcileConditions } from './status/conditions';
import { reconcileTemplate } from './templates/reconcileTemplate';
import { validateExperiment } from './validation/validateExperiment';

/** A completed experiment keeps its phase, whatever happens afterwards. */
function writePhase(context: ExperimentContext): void {
  const { experiment, before, draft, now } = context;
  const { status } = draft;
  if (isCompleted(before.phase)) return;
  // A fresh one is Pending for a turn, whatever is there already from before.
  const { phase, message }: Assessment =
    before.phase === undefined
      ? { phase: 'Pending' }
      : assess(experiment, status);
  status.phase = phase;
  status.message = message;
  if (phase === 'Running' && status.availableAt === undefined) {
    status.availableAt = formatTime(now);
    draft.because('all templates are available');
  }
  if (phase !== before.phase) {
    draft.transition('Experiment', 'Experiment', before.phase, phase);
    draft.because(`the experiment is ${phase}${message ? `: ${message}` : ''}`);
  }
  const end = durationEnd(experiment, status);
  if (!isCompleted(phase) && end !== undefined && end > now) draft.wake(end);
}

/**
 * Decides what to do for one experiment: the writes in the order in which they
 * are safe, its new status, the events, when to look again, and why. Pure: the
 * same snapshot and time give the same plan, and nothing is changed.
 *
 * What a status says is acted on in the turn after it was written: pods go
 * once the end is on record, analyses start from a time that is on record. A
 * crash in between repeats the same.
 *
 * @param now - milliseconds since the epoch
 */
export function planExperiment(
  snapshot: ExperimentSnapshot,
  now: number,
): ExperimentPlan {
  const { experiment } = snapshot;
  const before = experiment.status ?? {};
  const draft = new ExperimentDraft(before);
  if (experiment.metadata.deletionTimestamp !== undefined) {
    draft.because('the experiment is being deleted: its objects go with it');
    return draft.finish();
  }
  const problems = validateExperiment(experiment);
  if (problems.length) {
    noteInvalid(draft, 'Experiment', experiment, problems, now);
    return draft.finish();
  }
  const context: ExperimentContext = {
    snapshot,
    experiment,
    now,
    before,
    ending: isEnding(experiment, before),
    draft,
  };
  const { templates, analyses = [] } = experiment.spec;
  draft.status.templateStatuses = templates.map(each =>
    reconcileTemplate(context, each),
  );
  const runs = analyses.flatMap(each => reconcileAnalysis(context, each) ?? []);
  draft.status.analysisRuns = runs.length ? runs : undefined;
  endRuns(context);
  writePhase(context);
  reconcileConditions(context);
  return draft.finish();
}
