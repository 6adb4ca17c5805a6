import type {
  Experiment,
  ExperimentStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { isCompleted } from '../analysis/plan/assessMetric';
import { parseGoDuration } from '../analysis/goDuration';
import { parseTime } from '../rollout/time';
import { analysisStatusOf } from './context';

/** At least one analysis is required, and all that are have succeeded. */
export function requiredHaveSucceeded(
  { spec }: Experiment,
  status: ExperimentStatus,
): boolean {
  const required = (spec.analyses ?? []).filter(
    each => each.requiredForCompletion,
  );
  return (
    required.length > 0 &&
    required.every(
      ({ name }) => analysisStatusOf(status, name)?.phase === 'Successful',
    )
  );
}

/**
 * Whether the experiment comes to its end by what its status says: it is over,
 * somebody terminates it, a version or an analysis did badly, or all that it
 * waits for is done. Source: docs, features/experiment, "Experiment Lifecycle".
 */
export function isEnding(
  experiment: Experiment,
  status: ExperimentStatus,
): boolean {
  return (
    experiment.spec.terminate === true ||
    isCompleted(status.phase) ||
    (status.templateStatuses ?? []).some(
      each => each.status === 'Failed' || each.status === 'Error',
    ) ||
    (status.analysisRuns ?? []).some(
      each => isCompleted(each.phase) && each.phase !== 'Successful',
    ) ||
    requiredHaveSucceeded(experiment, status)
  );
}

/** When the duration is over; `undefined` while that is not known. */
export function durationEnd(
  { spec }: Experiment,
  status: ExperimentStatus,
): number | undefined {
  const availableAt = parseTime(status.availableAt);
  const duration = spec.duration ? parseGoDuration(spec.duration) : undefined;
  return availableAt === undefined || duration === undefined
    ? undefined
    : availableAt + duration;
}
