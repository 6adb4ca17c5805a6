import type { Phase } from '../observe/timeline';
import { type DocumentedDifference, compareAspects } from './compareAspects';

const phases = (...values: string[]): Phase[] =>
  values.map(value =>
    value.startsWith('~')
      ? { value: value.slice(1), brief: true }
      : { value, brief: false },
  );

const outcome = (
  reference: Phase[],
  ours: Phase[],
  instead: DocumentedDifference['instead'],
) =>
  compareAspects('', { weight: reference }, { weight: ours }, [
    { aspect: /^weight$/, reason: 'meant', instead },
  ])[0]!.outcome;

describe('values that stand in the place of others', () => {
  const instead = { reference: ['20'], ours: ['30', '40'] };

  it('explain a difference just there', () => {
    expect(
      outcome(
        phases('10', '20', '90'),
        phases('10', '30', '40', '90'),
        instead,
      ),
    ).toBe('documented');
  });

  it('leave out what is brief between them', () => {
    expect(
      outcome(
        phases('10', '20', '90'),
        phases('10', '30', '~35', '40', '90'),
        instead,
      ),
    ).toBe('documented');
  });

  it('explain nothing elsewhere, and not in part', () => {
    expect(
      outcome(phases('10', '20', '90'), phases('30', '40', '90'), instead),
    ).toBe('different');
    expect(outcome(phases('10', '20'), phases('10', '30'), instead)).toBe(
      'different',
    );
  });

  it('may be added, or missing', () => {
    expect(
      outcome(phases('10', '100'), phases('10', '50', '100'), {
        reference: [],
        ours: ['50'],
      }),
    ).toBe('documented');
    expect(
      outcome(phases('10', '100'), phases('10', '60', '100'), {
        reference: [],
        ours: ['50'],
      }),
    ).toBe('different');
  });
});
