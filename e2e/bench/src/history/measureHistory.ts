import { join } from 'node:path';
import { Child } from '../child';
import type { Measurement } from '../measurement';
import type { HistoryResult } from './historyProcess';

/** Milliseconds; of the design. */
const READ_BUDGET = 100;
const RECORDING_BUDGET = 1;

/** 10 000 rollouts with 100 000 entries in SQLite, in memory: what is read, and what a change costs. */
export async function measureHistory(): Promise<Measurement[]> {
  const child = new Child(join(__dirname, 'historyProcess.ts'));
  try {
    const result = await child.next<HistoryResult>();
    return [
      ...Object.entries(result.reads).map(([name, value]) => ({
        what: `history: ${name}`,
        value,
        unit: 'ms',
        budget: READ_BUDGET,
        note: '95th percentile of 100',
      })),
      {
        what: 'history: measures over a year, by week',
        value: result.measuresMilliseconds,
        unit: 'ms',
      },
      {
        what: 'history: time of recording a change',
        value: result.recording,
        unit: 'ms',
        budget: RECORDING_BUDGET,
        note: 'processor time, mean of 2 000, the database included',
      },
      {
        what: `history: append ${result.entries} entries, 100 releases at once`,
        value: result.fillSeconds,
        unit: 's',
      },
      {
        what: `history: verify ${result.entries} entries`,
        value: result.verifySeconds,
        unit: 's',
      },
    ];
  } finally {
    child.end();
  }
}
