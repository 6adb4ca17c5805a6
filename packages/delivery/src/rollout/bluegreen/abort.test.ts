import { checkout } from '../../simulate/testing/demo';
import { Scenario } from '../../simulate/testing/scenario';
import { planRollout } from '../planRollout';

const SERVED = 'checkout-active';

/** Green is aborted while this many of blue's and green's pods are available. */
function abortedWith(
  available: { blue: number; green: number },
  moment: 'before' | 'after',
) {
  const scenario = new Scenario({
    rollout: checkout(
      moment === 'before'
        ? { autoPromotionEnabled: false }
        : {
            postPromotionAnalysis: {
              templates: [{ templateName: 'success-rate' }],
            },
          },
    ),
  })
    .wait(30)
    .deploy('green')
    .wait(15)
    .abort();
  const snapshot = structuredClone(scenario.cluster.snapshot(scenario.now));
  for (const { spec, status } of snapshot.replicaSets) {
    const image = spec.template.spec.containers[0]?.image;
    Object.assign(status ?? {}, {
      availableReplicas: image?.endsWith(':blue')
        ? available.blue
        : available.green,
    });
  }
  return planRollout(snapshot, scenario.now).writes;
}

const switches = (writes: ReturnType<typeof abortedWith>) =>
  writes.filter(write => write.verb === 'patch' && write.name === SERVED);
const goings = (writes: ReturnType<typeof abortedWith>) =>
  writes.filter(({ reason }) => reason.includes('aborted'));

describe('an aborted blue-green update', () => {
  it.each([
    ['whole', { blue: 5, green: 5 }, 1],
    ['all but maxUnavailable', { blue: 4, green: 5 }, 1],
    ['too few, yet no fewer than serve now', { blue: 2, green: 2 }, 1],
    ['fewer than serve now', { blue: 2, green: 3 }, 0],
    ['none', { blue: 0, green: 0 }, 0],
  ])('goes back to stable that is %s', (_, available, times) => {
    expect(switches(abortedWith(available, 'after'))).toHaveLength(times);
  });

  it('keeps its pods until stable is whole', () => {
    expect(goings(abortedWith({ blue: 4, green: 5 }, 'before'))).toEqual([]);
    expect(goings(abortedWith({ blue: 5, green: 5 }, 'before'))).toHaveLength(
      1,
    );
  });

  it('ends a full promotion that was under way', () => {
    const { cluster, now } = new Scenario({
      rollout: checkout({ autoPromotionEnabled: false }),
    })
      .wait(30)
      .deploy('green')
      .wait(1)
      .promoteFull()
      .abort();

    expect(planRollout(cluster.snapshot(now), now).status).toMatchObject({
      abort: true,
      promoteFull: undefined,
    });
  });
});
