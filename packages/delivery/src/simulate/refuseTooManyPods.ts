import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { AssumptionError, type Assumptions } from './assumptions/assumptions';
import { ManifestError } from './manifests/manifests';
import { podCounts } from './podCounts';

/** Each is an object in memory; so many take a second or two. */
const MOST_PODS = 20_000;

const isMoreThan = (most: number) => (pods: unknown) =>
  Number(pods ?? 0) > most;

/** The first field that asks for more pods than are simulated. */
export function tooManyPodsIn(
  rollout: Rollout,
  most = MOST_PODS,
): { field: string; pods: unknown } | undefined {
  const isTooMany = isMoreThan(most);
  const found = podCounts(rollout).find(([, pods]) => isTooMany(pods));
  return found && { field: found[0], pods: found[1] };
}

/**
 * Ends with a sentence what would end with the memory.
 *
 * @param assumed - with `replicas`, those of the rollout do not count
 * @param most - pods of one kind at once
 * @throws AssumptionError, ManifestError
 */
export function refuseTooManyPods(
  rollout: Rollout,
  { replicas, scale = [] }: Pick<Assumptions, 'replicas' | 'scale'>,
  most = MOST_PODS,
): void {
  const { name } = rollout.metadata;
  const refusal = (field: string, pods: unknown) =>
    `${name}: ${field}: ${String(pods)} pods; at most ${most} are simulated`;
  const assumed = [replicas, ...scale.map(each => each.replicas)].find(
    isMoreThan(most),
  );
  if (assumed !== undefined) {
    throw new AssumptionError(refusal('replicas assumed', assumed));
  }
  const found = tooManyPodsIn(
    replicas === undefined
      ? rollout
      : { ...rollout, spec: { ...rollout.spec, replicas } },
    most,
  );
  if (found) {
    throw new ManifestError(
      `${refusal(found.field, found.pods)}. Assume fewer replicas, or write fewer: the steps are the same`,
    );
  }
}
