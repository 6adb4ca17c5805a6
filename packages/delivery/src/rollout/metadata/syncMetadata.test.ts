import { paused } from '../../simulate/testing/colorsScenario';
import { search } from '../../simulate/testing/demo';
import { planRollout } from '../planRollout';
import { formatTime } from '../time';

describe('the labels of a role', () => {
  it('are given to the pods that stay, not to those that are leaving', () => {
    const rollout = search();
    rollout.spec.strategy = {
      canary: {
        canaryMetadata: { labels: { role: 'canary' } },
        steps: [{ setWeight: 40 }, { pause: {} }],
      },
    };
    const { cluster, now } = paused(rollout);
    const snapshot = structuredClone(cluster.snapshot(now));
    const canaries = (snapshot.pods ?? []).filter(({ spec }) =>
      spec.containers[0]?.image?.endsWith(':green'),
    );
    for (const { metadata } of canaries) {
      const { role: _, ...others } = metadata.labels ?? {};
      metadata.labels = others;
    }
    const [leaving, staying] = canaries;
    if (!leaving || !staying) throw new Error('the canary has two pods');
    leaving.metadata.deletionTimestamp = formatTime(now);

    const patched = planRollout(snapshot, now).writes.filter(
      ({ resource }) => resource.kind === 'Pod',
    );

    expect(patched).toMatchObject([
      {
        name: staying.metadata.name,
        patch: { metadata: { labels: { role: 'canary' } } },
      },
    ]);
  });
});
