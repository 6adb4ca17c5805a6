import * as fc from 'fast-check';
import { planRollout } from '../rollout/planRollout';
import { clusterOfRun } from './testing/clusterOfRun';
import { Player } from './testing/player';
import { randomBlueGreen } from './testing/randomBlueGreen';
import { randomCanary, randomRun } from './testing/randomRun';

const SETTLE_SECONDS = 300;

describe.each([
  ['canary', randomRun(fc, randomCanary(fc))],
  ['blue-green rollout', randomRun(fc, randomBlueGreen(fc))],
])('invariants of a %s, whatever happens to it', (_, runs) => {
  it('hold for every single write (I1, I2, I4) and status (I3, I6, I9)', () => {
    fc.assert(
      fc.property(runs, run => {
        const player = new Player(clusterOfRun(run));
        for (const happening of run.happenings) player.play(happening);

        expect(() => player.run(SETTLE_SECONDS)).not.toThrow();
      }),
      { numRuns: Number(process.env.INVARIANT_RUNS ?? 150) },
    );
  });

  it('and it comes to rest: planning again changes nothing (I5, I10)', () => {
    fc.assert(
      fc.property(runs, run => {
        const player = new Player(clusterOfRun(run));
        for (const happening of run.happenings) player.play(happening);
        player.run(SETTLE_SECONDS);
        const { cluster, now } = player;

        const plan = planRollout(cluster.snapshot(now), now);

        expect(plan.writes).toEqual([]);
        expect(plan.status).toEqual(cluster.rollout.status);
      }),
      { numRuns: Number(process.env.INVARIANT_RUNS ?? 60) },
    );
  });
});
