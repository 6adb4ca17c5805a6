import { paused } from '../__fixtures__/progressStates';
import { approvalRequest } from '../__fixtures__/approvals';
import { numberRows } from './numberRows';

const now = Date.parse('2026-11-26T21:00:00Z');
const NBSP = '\u00a0';

describe('numberRows', () => {
  const { snapshot } = approvalRequest(now, { id: 'a' });

  it('puts what was seen beside what is to be seen, in the same units', () => {
    const rows = numberRows(snapshot, paused(now));

    expect(rows.map(({ kind, then, now: is }) => [kind, then, is])).toEqual([
      ['traffic', `20${NBSP}%`, `20${NBSP}%`],
      ['step', '2/8', '2/8'],
      ['images', 'blue → green', 'blue → green'],
      ['metric', `99.1${NBSP}%`, `99.8${NBSP}%`],
    ]);
    expect(rows.map(({ changed }) => changed)).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  it('tells no weight and no step of the release before', () => {
    const rows = numberRows(
      { ...snapshot, phase: 'Healthy' },
      { ...paused(now), phase: 'Healthy' },
    );

    expect(rows.map(({ kind }) => kind)).toEqual(['images', 'metric']);
  });

  it('keeps a metric that is there no more', () => {
    const rows = numberRows(snapshot, { ...paused(now), metrics: [] });

    expect(rows.at(-1)).toMatchObject({
      name: 'success rate',
      now: undefined,
      changed: true,
    });
  });
});
