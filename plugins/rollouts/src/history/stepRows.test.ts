import { stepRows } from './stepRows';

it('joins a step with its pause and the weight at its end', () => {
  const [first, second] = stepRows({
    steps: [
      {
        index: 0,
        kind: 'setWeight',
        label: '20 %',
        state: 'done',
        startedAt: '2026-11-26T10:00:00Z',
        endedAt: '2026-11-26T10:00:10Z',
        unobserved: false,
      },
      {
        index: 1,
        kind: 'pause',
        label: 'pause until promoted',
        state: 'next',
        unobserved: false,
      },
    ],
    pauses: [
      {
        reason: 'CanaryPauseStep',
        stepIndex: 1,
        startedAt: '2026-11-26T10:00:10Z',
      },
    ],
    weights: [
      { at: '2026-11-26T10:00:05Z', desired: 20, actual: 0, max: 100 },
      { at: '2026-11-26T10:00:20Z', desired: 40, actual: 40, max: 100 },
    ],
  });

  expect(first?.share).toBe(0.2);
  expect(first?.pause).toBeUndefined();
  expect(second?.pause?.reason).toBe('CanaryPauseStep');
  expect(second?.share).toBeUndefined();
});
