import { imageOf } from '../../simulate/testing/colorsScenario';
import { search } from '../../simulate/testing/demo';
import { Scenario } from '../../simulate/testing/scenario';
import { planRollout } from '../planRollout';
import { parseTime } from '../time';

/** An update without a pod that becomes available, since when it stands still, and the end of its deadline. */
function standingStill() {
  const rollout = search();
  rollout.spec.progressDeadlineSeconds = 20;
  const scenario = new Scenario({
    rollout,
    podLife: replicaSet =>
      imageOf({ replicaSet }).endsWith(':broken') ? undefined : 3_000,
  })
    .wait(30)
    .deploy('broken')
    .wait(10);
  const progressing = scenario.status.conditions?.find(
    ({ type }) => type === 'Progressing',
  );
  const end = (parseTime(progressing?.lastUpdateTime) ?? 0) + 20_000;
  return {
    end,
    planAt: (now: number) => planRollout(scenario.cluster.snapshot(now), now),
  };
}

const isExceeded = ({ status }: ReturnType<typeof planRollout>) =>
  status.conditions?.some(
    ({ type, reason }) =>
      type === 'Progressing' && reason === 'ProgressDeadlineExceeded',
  );

describe('the progress deadline', () => {
  it('is asked for at its end, and is over then', () => {
    const { end, planAt } = standingStill();

    const before = planAt(end - 1);

    expect(isExceeded(before)).toBe(false);
    expect(before.wakeAt).toBe(end);
    expect(isExceeded(planAt(end))).toBe(true);
  });
});
