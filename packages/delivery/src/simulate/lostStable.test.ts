import { POD_TEMPLATE_HASH_LABEL } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { planRollout } from '../rollout/planRollout';
import {
  imageOf,
  paused,
  replicasOf,
  weightOf,
} from './testing/colorsScenario';
import { checkout, search } from './testing/demo';
import { Scenario } from './testing/scenario';

/** Somebody deletes the ReplicaSet of a tag. */
function deleteReplicaSet(scenario: Scenario, tag: string): Scenario {
  const { cluster } = scenario;
  for (const each of cluster.revisions()) {
    if (!imageOf(each).endsWith(`:${tag}`)) continue;
    cluster.replicaSets.delete(each.replicaSet.metadata.name);
  }
  return scenario;
}

const updating = (rollout: Scenario['cluster']['rollout']) =>
  new Scenario({ rollout }).wait(30).deploy('green').wait(15);

const STRATEGIES: [string, () => Scenario][] = [
  ['routed', paused],
  ['by replicas', () => updating(search())],
  ['blue-green', () => updating(checkout({ autoPromotionEnabled: false }))],
];

describe.each(STRATEGIES)(
  'stable is deleted after an abort (%s)',
  (_, begun) => {
    const lost = () =>
      deleteReplicaSet(begun().abort().wait(90), 'blue').wait(900);

    it('does not roll the aborted version out', () => {
      const scenario = lost();

      expect(replicasOf(scenario, 'green')).toBe(0);
      const { status } = scenario;
      expect(status.stableRS).not.toBe(status.currentPodHash);
      expect(status).toMatchObject({ phase: 'Degraded', abort: true });
      expect(status.message).toMatch(
        /aborted.*ReplicaSet of the stable.*is gone/,
      );
      const { cluster, now } = scenario;
      expect(planRollout(cluster.snapshot(now), now).writes).toEqual([]);
    });

    it('says so once', () => {
      const said = lost()
        .turns.flatMap(({ plan }) => plan.events)
        .filter(({ reason }) => reason === 'StableReplicaSetMissing');

      expect(said).toHaveLength(1);
    });

    it('rolls it out when somebody retries', () => {
      const scenario = lost().retry().wait(60);

      expect(replicasOf(scenario, 'green')).toBe(5);
      expect(scenario.status).toMatchObject({ phase: 'Healthy' });
      expect(scenario.status.message).toBeUndefined();
    });

    it('goes on with another version', () => {
      const scenario = lost().deploy('yellow').wait(60);

      expect(replicasOf(scenario, 'yellow')).toBe(5);
      expect(scenario.status.phase).toBe('Healthy');
    });
  },
);

describe('stable is deleted while an abort is being carried out', () => {
  it('leaves the canary the traffic that it has, and its pods', () => {
    const scenario = deleteReplicaSet(paused(), 'blue').abort().wait(900);

    expect(weightOf(scenario)).toBe(20);
    expect(replicasOf(scenario, 'green')).toBe(1);
    const stable = scenario.cluster.services.get('colors-stable');
    expect(stable?.spec.selector?.[POD_TEMPLATE_HASH_LABEL]).toBe(
      scenario.status.stableRS,
    );
  });
});
