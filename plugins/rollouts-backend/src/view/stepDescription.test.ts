import { describeStep } from './stepDescription';

describe('an experiment step', () => {
  it('names its versions, how long they run, and what it leads to', () => {
    const step = {
      experiment: {
        duration: '1h',
        templates: [
          { name: 'baseline', specRef: 'stable' as const },
          { name: 'candidate', specRef: 'canary' as const },
        ],
      },
    };

    expect(describeStep(step, 'experiment', 'current')).toEqual({
      label: 'experiment baseline candidate',
      explanation:
        'Now. Runs baseline and candidate side by side for 1 h; goes on if the experiment succeeds.',
    });
  });

  it('is described though it says nothing that can be read', () => {
    expect(
      describeStep({ experiment: {} as never }, 'experiment', 'next'),
    ).toEqual({
      label: 'experiment',
      explanation:
        'Runs versions side by side; goes on if the experiment succeeds.',
    });
  });
});
