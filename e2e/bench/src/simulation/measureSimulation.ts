import {
  assumeMissing,
  readObjects,
  simulateRollout,
  sortObjects,
} from '@progressive-delivery/delivery';
import type { Measurement } from '../measurement';
import { eightSteps } from './eightSteps';

const WARM_UP = 100;
const RUNS = 100;
/** Milliseconds; of the design. */
const BUDGET = 10;

function medianOf(run: () => void): number {
  for (let i = 0; i < WARM_UP; i++) run();
  const times = Array.from({ length: RUNS }, () => {
    const begun = performance.now();
    run();
    return performance.now() - begun;
  }).sort((a, b) => a - b);
  return times[RUNS / 2] ?? NaN;
}

/** The whole future of a canary with 8 steps, and also with an abort at each of them. */
export async function measureSimulation(): Promise<Measurement[]> {
  const manifests = sortObjects(readObjects('rollout.yaml', eightSteps()));
  const [rollout] = manifests.rollouts;
  if (!rollout) throw new Error('the manifest has no Rollout');
  const measure = (what: string, forecastAborts: boolean): Measurement => ({
    what,
    value: medianOf(() => {
      simulateRollout(
        assumeMissing(rollout, manifests),
        {},
        { forecastAborts },
      );
    }),
    unit: 'ms',
    budget: BUDGET,
    note: `median of ${RUNS} after ${WARM_UP}`,
  });
  return [
    measure('simulate an 8-step canary', false),
    measure('the same with an abort at each stage', true),
  ];
}
