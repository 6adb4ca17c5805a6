import type { AdditionalDestination } from '../../traffic/router';
import type { RolloutContext } from '../context';
import { liveExperiments } from './ensureExperiment';

/**
 * What the routes give to experiments already, which stays with them while
 * stable has no available pod that could take it (I1): requests that some of
 * an experiment's pods answer would go to nobody. The experiment keeps pods
 * and Services for as long as the rollout's status names them here.
 */
export function heldDestinations(
  context: RolloutContext,
): AdditionalDestination[] {
  const { before, stable, replicas } = context;
  if (replicas === 0 || stable?.available) return [];
  const there = liveExperiments(context).flatMap(
    each => each.status?.templateStatuses ?? [],
  );
  return (before.canary?.weights?.additional ?? []).flatMap(
    ({ weight, podTemplateHash, serviceName: service }) =>
      weight &&
      service &&
      podTemplateHash &&
      there.some(
        each =>
          each.serviceName === service &&
          each.podTemplateHash === podTemplateHash,
      )
        ? [{ service, podTemplateHash, weight }]
        : [],
  );
}
