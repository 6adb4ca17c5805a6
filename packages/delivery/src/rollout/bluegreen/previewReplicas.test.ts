import { paused } from '../../simulate/testing/blueGreenScenario';
import { replicasOf } from '../../simulate/testing/colorsScenario';

/** Green is a preview of two pods, and then of this many. */
const previewOf = (previewReplicaCount: number) =>
  paused({ previewReplicaCount: 2 })
    .edit('resize the preview', ({ spec }) => {
      Object.assign(spec.strategy?.blueGreen ?? {}, { previewReplicaCount });
    })
    .wait(10);

describe('a preview', () => {
  it('has the pods that it is told to have', () => {
    expect(replicasOf(previewOf(3), 'green')).toBe(3);
    expect(replicasOf(previewOf(1), 'green')).toBe(1);
  });

  it('keeps one, also when it is to have none: its service selects it', () => {
    expect(replicasOf(previewOf(0), 'green')).toBe(1);
  });
});
