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

describe('a pause', () => {
  const explained = (state: 'done' | 'current' | 'failed', duration?: string) =>
    describeStep({ pause: { duration } }, 'pause', state).explanation;

  it('waits only while it is the present step', () => {
    expect(explained('current')).toBe('Now. Waits for someone to promote.');
    expect(explained('done')).toBe('Done. Waited for someone to promote.');
    expect(explained('failed')).toBe(
      'Stopped here. It was to wait for someone to promote.',
    );
  });

  it('says so of one with a duration too', () => {
    expect(explained('failed', '10s')).toBe(
      'Stopped here. It was to wait 10 s.',
    );
  });
});
