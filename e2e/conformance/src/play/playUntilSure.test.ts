import type { Outcome } from '../report/report';
import { sure } from './playUntilSure';

const row = (outcome: Outcome, ...details: string[]) => ({
  scenario: 'theme/one · ours',
  outcome,
  details,
});

describe('sure', () => {
  it('takes what is no difference at once', () => {
    expect(sure([row('same')])).toEqual(row('same'));
  });

  it('takes a difference that shows twice', () => {
    const second = row('different', 'step: 2');
    expect(sure([row('different', 'step: 1')])).toBeUndefined();
    expect(sure([row('different', 'step: 1'), second])).toEqual(second);
  });

  it('plays a third time when two disagree', () => {
    const [first, second] = [row('different', 'step: 1'), row('same')];
    const third = row('different', 'step: 3');
    expect(sure([first, second])).toBeUndefined();
    expect(sure([first, second, third])).toEqual(third);
  });

  it('tells what showed once only', () => {
    const plays = [
      row('different', 'step: 1'),
      row('same'),
      row('documented', 'on purpose'),
    ];
    const { outcome, reason, details } = sure(plays)!;
    expect(outcome).toBe('documented');
    expect(reason).toContain('once only');
    expect(details).toEqual(['on purpose', 'step: 1']);
  });
});
