import type { Outcome } from '../report/report';
import { surer } from './playUntilSure';

const row = (outcome: Outcome, ...details: string[]) => ({
  scenario: 'theme/one · ours',
  outcome,
  details,
});

describe('surer', () => {
  it('takes a difference that shows twice', () => {
    const second = row('different', 'step: 2');
    expect(surer(row('different', 'step: 1'), second)).toEqual(second);
  });

  it('tells what showed once only', () => {
    const { outcome, reason, details } = surer(
      row('different', 'step: 1'),
      row('documented', 'on purpose'),
    );
    expect(outcome).toBe('documented');
    expect(reason).toContain('the first time only');
    expect(details).toEqual(['on purpose', 'step: 1']);
  });
});
