import type { Outcome } from '../report/report';
import { asOpen } from './openDifferences';

const row = (outcome: Outcome) => ({
  scenario: 'theme/one · ours',
  outcome,
  details: ['step: 1, not 2'],
});

describe('asOpen', () => {
  const listed = { 'theme/one': 'takes another step' };

  it('tells a listed difference with what it is about, and fails nothing', () => {
    expect(asOpen('theme/one', row('different'), listed)).toEqual({
      ...row('open'),
      details: ['takes another step', 'step: 1, not 2'],
    });
  });

  it('says that one which has gone can be taken off', () => {
    expect(asOpen('theme/one', row('same'), listed)).toEqual({
      ...row('same'),
      reason: 'listed as open: take it off',
    });
  });

  it('leaves every other one as it is', () => {
    expect(asOpen('theme/two', row('different'), listed)).toEqual(
      row('different'),
    );
    expect(asOpen('theme/one', row('skipped'), listed)).toEqual(row('skipped'));
  });
});
