import fc from 'fast-check';
import { plan } from './plan';
import { scenarioOf } from './scenarioOf';

const SEED = 42;

describe('generated scenarios', () => {
  it('are the same for one seed, one by one as in a sample', () => {
    const sample = fc.sample(plan, { seed: SEED, numRuns: 20 });
    const seen: unknown[] = [];
    const property = fc.property(plan, one => {
      seen.push(one);
    });
    fc.check(property, { seed: SEED, numRuns: 20 });
    expect(seen).toEqual(sample);
  });

  it('ask for nothing that is refused without routing', () => {
    const property = fc.property(plan, one => {
      const { objects } = scenarioOf(one, 'random/1');
      const rollout = objects.find(({ kind }) => kind === 'Rollout')!;
      const { canary } = rollout.spec.strategy;
      return (
        !canary ||
        canary.trafficRouting !== undefined ||
        !canary.steps.some((step: object) => 'setCanaryScale' in step)
      );
    });
    expect(fc.check(property, { seed: SEED }).failed).toBe(false);
  });

  it('end with a milestone', () => {
    const property = fc.property(plan, one => {
      const { acts } = scenarioOf(one, 'random/1');
      return acts.length >= 2 && acts[acts.length - 1]!.take.length === 0;
    });
    expect(fc.check(property, { seed: SEED }).failed).toBe(false);
  });
});
