import type { Draft } from './Draft';

/** Pods that come and go for days must not fill the history. */
const MOST_WEIGHTS = 500;

/** The share of the new version, as asked for and as it is. */
export function followWeights(draft: Draft): void {
  const { release, observation } = draft;
  const over =
    release.ended && (release.ended !== 'aborted' || release.restored);
  if (over || release.counts.weights >= MOST_WEIGHTS) {
    return;
  }
  const { desired, actual, max } = observation.weights;
  const { weight } = release;
  if (weight?.desired === desired && weight.actual === actual) {
    return;
  }
  draft.add('weight', release.counts.weights++, observation.at, {
    desired,
    actual,
    max,
  });
  release.weight = { desired, actual };
}
