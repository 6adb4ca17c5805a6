import { replicasOf } from '../../simulate/testing/colorsScenario';
import { search } from '../../simulate/testing/demo';
import { Scenario } from '../../simulate/testing/scenario';

/** By replica count, with services that say which pods are whose. */
function withServices(maxSurge: number) {
  const rollout = search();
  rollout.spec.strategy = {
    canary: {
      canaryService: 'search-canary',
      stableService: 'search-stable',
      maxSurge,
      maxUnavailable: 1,
      steps: [{ setWeight: 40 }, { pause: {} }],
    },
  };
  return new Scenario({ rollout }).wait(30).deploy('green').wait(30);
}

describe('a canary by replica count, with services', () => {
  it.each([0, 1])(
    'comes to its end with a surge of %i, and leaves no service without pods',
    maxSurge => {
      const scenario = withServices(maxSurge).promote().wait(60);

      expect(scenario.status.phase).toBe('Healthy');
      expect(replicasOf(scenario, 'green')).toBe(5);
      expect(replicasOf(scenario, 'blue')).toBe(0);
      const emptied = scenario.turns.flatMap(({ snapshot }) => {
        const selected = Object.values(snapshot.services).map(
          each => each.spec.selector?.['rollouts-pod-template-hash'],
        );
        return snapshot.replicaSets.filter(
          ({ metadata, spec }) =>
            spec.replicas === 0 &&
            selected.includes(metadata.labels?.['rollouts-pod-template-hash']),
        );
      });
      expect(emptied).toEqual([]);
    },
  );
});
