import * as fc from 'fast-check';
import { planRollout } from '../rollout/planRollout';
import { ROUTER_EXAMPLES } from '../traffic/testing/examples';
import type { RouterExample } from '../traffic/testing/routerExample';
import { clusterOfRun } from './testing/clusterOfRun';
import { search } from './testing/demo';
import { Player } from './testing/player';
import { randomCanary, randomRun, type RandomRun } from './testing/randomRun';

const SETTLE_SECONDS = 300;

/** The run with another router; what that cannot carry out is left out. */
function routedBy(
  { rollout, router }: RouterExample,
  run: RandomRun,
): RandomRun {
  const steps = run.rollout.spec.strategy?.canary?.steps ?? [];
  const { additionalDestinations } = router.abilities;
  return {
    ...run,
    rollout: {
      ...rollout,
      spec: {
        ...rollout.spec,
        replicas: run.rollout.spec.replicas,
        strategy: {
          canary: {
            ...rollout.spec.strategy?.canary,
            steps: steps.filter(
              ({ experiment }) =>
                additionalDestinations ||
                !experiment?.templates.some(each => each.weight !== undefined),
            ),
          },
        },
      },
    },
  };
}

describe.each([...ROUTER_EXAMPLES])('a canary routed by $title', example => {
  const play = (random: RandomRun) => {
    const run = routedBy(example, random);
    const player = new Player(
      clusterOfRun(
        run,
        example.objects.map(([, object]) => object),
      ),
    );
    for (const happening of run.happenings) player.play(happening);
    player.run(SETTLE_SECONDS);
    return player;
  };

  it('keeps the invariants at every write (I1, I2, I4), and comes to rest', () => {
    fc.assert(
      fc.property(randomRun(fc, randomCanary(fc)), run => {
        const { cluster, now } = play(run);

        const plan = planRollout(cluster.snapshot(now), now);

        expect(plan.writes).toEqual([]);
        expect(plan.status).toEqual(cluster.rollout.status);
      }),
      { numRuns: Number(process.env.INVARIANT_RUNS ?? 25) },
    );
  });

  it('I1: leaves everybody with whom can serve when stable is gone and somebody aborts', () => {
    const rollout = search();
    const replicas = 1;
    const { cluster } = play({
      rollout: {
        ...rollout,
        spec: { ...rollout.spec, replicas, strategy: { canary: {} } },
      },
      broken: [],
      fates: {},
      happenings: [
        { do: 'wait', seconds: 3 },
        { do: 'deploy', tag: 'blue' },
        { do: 'turn' },
        { do: 'pause' },
        { do: 'loseStable' },
        { do: 'wait', seconds: 3 },
        { do: 'abort' },
      ],
    });

    expect(cluster.rollout.status?.abort).toBe(true);
  });
});
