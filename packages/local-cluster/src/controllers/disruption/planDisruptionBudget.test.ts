import { StoredObject } from '../../api/clusterApi';
import { planDisruptionBudget } from './planDisruptionBudget';

const budget = (spec: object) => ({ spec }) as unknown as StoredObject;
const pods = (ready: number) =>
  Array.from({ length: ready }, () => ({
    metadata: {},
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  })) as unknown as StoredObject[];

// Rules: Kubernetes documentation, "Specifying a Disruption Budget".
describe('planDisruptionBudget', () => {
  it.each([
    [{ minAvailable: 2 }, 3, 3, { desiredHealthy: 2, disruptionsAllowed: 1 }],
    [
      { minAvailable: '50%' },
      3,
      3,
      { desiredHealthy: 2, disruptionsAllowed: 1 },
    ],
    [
      { maxUnavailable: '50%' },
      3,
      3,
      { desiredHealthy: 1, disruptionsAllowed: 2 },
    ],
    [{ maxUnavailable: 5 }, 3, 3, { desiredHealthy: 0, disruptionsAllowed: 3 }],
    [{ minAvailable: 2 }, 1, 3, { desiredHealthy: 2, disruptionsAllowed: 0 }],
    [{}, 3, 3, { desiredHealthy: 1, disruptionsAllowed: 2 }],
  ])(
    '%j allows, with %i of %i pods healthy: %j',
    (spec, healthy, all, counts) => {
      expect(planDisruptionBudget(budget(spec), pods(healthy), all)).toEqual({
        expectedPods: all,
        currentHealthy: healthy,
        ...counts,
      });
    },
  );

  it('allows nothing while no pods are expected', () => {
    expect(
      planDisruptionBudget(budget({ minAvailable: 0 }), pods(1), 0),
    ).toMatchObject({ currentHealthy: 1, disruptionsAllowed: 0 });
  });
});
