import type { AdditionalDestination } from '../../traffic/router';
import type { RolloutContext } from '../context';
import { isPromoted } from '../context';
import { currentExperiment } from './ensureExperiment';

/**
 * The shares of traffic that the current step's experiment asks for: while it
 * runs, of those templates that have available pods behind their Service, and
 * of none otherwise. Source: docs, features/experiment, "Weighted Experiment
 * Step with Traffic Routing".
 */
export function experimentDestinations(
  context: RolloutContext,
): AdditionalDestination[] {
  const { rollout, draft } = context;
  const { abort, promoteFull, currentStepIndex = 0 } = draft.status;
  const step =
    rollout.spec.strategy?.canary?.steps?.[currentStepIndex]?.experiment;
  if (!step || abort || promoteFull || isPromoted(context)) return [];
  const experiment = currentExperiment(context);
  if (experiment?.status?.phase !== 'Running' || experiment.spec.terminate) {
    return [];
  }
  return step.templates.flatMap(({ name, weight }): AdditionalDestination[] => {
    const status = experiment.status?.templateStatuses?.find(
      each => each.name === name,
    );
    if (
      !weight ||
      status?.status !== 'Running' ||
      !status.availableReplicas ||
      !status.serviceName ||
      !status.podTemplateHash
    ) {
      return [];
    }
    const { serviceName: service, podTemplateHash } = status;
    return [{ service, podTemplateHash, weight }];
  });
}
