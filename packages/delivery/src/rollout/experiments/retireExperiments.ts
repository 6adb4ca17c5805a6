import {
  POD_TEMPLATE_HASH_LABEL,
  type Experiment,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import { isCompleted } from '../../analysis/plan/assessMetric';
import type { RolloutContext } from '../context';
import { liveExperiments } from './ensureExperiment';

/** Source: specification, `analysis.*RunHistoryLimit`: of experiments, too. */
const DEFAULT_LIMIT = 5;

function newestFirst(a: Experiment, b: Experiment): number {
  const [x, y] = [a.metadata, b.metadata];
  return (
    (y.creationTimestamp ?? '').localeCompare(x.creationTimestamp ?? '') ||
    y.name.localeCompare(x.name)
  );
}

/** Finished ones beyond the limits, and those of a revision that is forgotten. */
function forgotten(
  { rollout, current, stable, others }: RolloutContext,
  idle: Experiment[],
): Experiment[] {
  const hashes = new Set(
    [current, ...(stable ? [stable] : []), ...others].map(each => each.hash),
  );
  const known = (each: Experiment) =>
    hashes.has(each.metadata.labels?.[POD_TEMPLATE_HASH_LABEL] ?? '');
  const { analysis } = rollout.spec;
  const beyond = (successful: boolean, limit: number = DEFAULT_LIMIT) =>
    idle
      .filter(
        each =>
          known(each) &&
          isCompleted(each.status?.phase) &&
          (each.status?.phase === 'Successful') === successful,
      )
      .sort(newestFirst)
      .slice(limit);
  return [
    ...idle.filter(each => !known(each)),
    ...beyond(true, analysis?.successfulRunHistoryLimit),
    ...beyond(false, analysis?.unsuccessfulRunHistoryLimit),
  ];
}

/** Ends experiments that nobody waits for any more, and forgets the oldest ones. */
export function retireExperiments(context: RolloutContext): void {
  const { draft } = context;
  const { canary, abort } = draft.status;
  const idle = liveExperiments(context).filter(
    each => abort || each.metadata.name !== canary?.currentExperiment,
  );
  const gone = forgotten(context, idle);
  for (const experiment of idle) {
    const { metadata, spec, status } = experiment;
    if (gone.includes(experiment)) {
      draft.remove(
        'delete',
        RESOURCES.experiments,
        experiment,
        `deleted experiment ${metadata.name}: beyond the history limit`,
      );
    } else if (!isCompleted(status?.phase) && !spec.terminate) {
      draft.patch(
        RESOURCES.experiments,
        experiment,
        { spec: { terminate: true } },
        `ended experiment ${metadata.name}: nothing waits for it`,
      );
    }
  }
}
