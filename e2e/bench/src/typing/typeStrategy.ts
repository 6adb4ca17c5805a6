import {
  assumeMissing,
  lint,
  readObjects,
  simulateRollout,
  sortObjects,
  timelineSvg,
} from '@progressive-delivery/delivery/preview';
import { eightSteps } from '../simulation/eightSteps';

/** What a form does after each key: it reads, lints, simulates and draws. */
function answerKey(text: string): number {
  const manifests = sortObjects(readObjects('rollout.yaml', text));
  const [rollout] = manifests.rollouts;
  if (!rollout) throw new Error('the manifest has no Rollout');
  const { findings } = lint([{ file: 'rollout.yaml', text }]);
  const timeline = simulateRollout(assumeMissing(rollout, manifests), {});
  return findings.length + timelineSvg(timeline).length;
}

/**
 * How long the answer to each key took; milliseconds. Every key leaves another
 * text, so that nothing is remembered from the one before.
 */
export function typeStrategy(keys: number): number[] {
  return Array.from({ length: keys }, (_, key) => {
    const text = eightSteps(21 + (key % 39), `${1 + key}s`);
    const begun = performance.now();
    answerKey(text);
    return performance.now() - begun;
  });
}
