import { analysisRunView } from './analysisRunViews';
import { analysisPhase } from './analysisPhase';

describe('the phase of an analysis', () => {
  it.each([
    ['Running', 'Running'],
    ['Inconclusive', 'Inconclusive'],
    [undefined, 'Pending'],
    ['', 'Pending'],
    ['Resting', 'Pending'],
    ['toString', 'Pending'],
  ])('of %j is %s', (said, phase) => {
    expect(analysisPhase(said)).toBe(phase);
  });

  it('is Pending of a run and its metrics as Argo Rollouts makes them', () => {
    const run = {
      metadata: { name: 'colors-1', namespace: 'demo' },
      spec: { metrics: [{ name: 'rate', provider: { web: { url: 'x' } } }] },
      status: {
        phase: '',
        dryRunSummary: {},
        metricResults: [{ name: 'rate', phase: '' }],
      },
    } as unknown as Parameters<typeof analysisRunView>[0];

    expect(analysisRunView(run, [])).toMatchObject({
      phase: 'Pending',
      metrics: [{ phase: 'Pending' }],
    });
  });
});
