import { join } from 'node:path';
import { Child } from '../child';
import type { Measurement } from '../measurement';
import type { VotesResult } from './votesProcess';

/** 1 000 votes on one request at the same time, in each database. */
export async function measureVotes(): Promise<Measurement[]> {
  const child = new Child(join(__dirname, 'votesProcess.ts'));
  try {
    const results = await child.next<VotesResult[]>();
    return results.flatMap(rowsOf);
  } finally {
    child.end();
  }
}

function rowsOf(result: VotesResult): Measurement[] {
  const { database, votes, counted, needed, voters, state } = result;
  const what = `${votes} votes at once, ${database}`;
  const wrong =
    Math.abs(counted - needed) +
    Math.abs(voters - needed) +
    (state === 'approved' ? 0 : 1);
  return [
    {
      what: `${what}: votes too many or too few`,
      value: wrong,
      unit: '',
      budget: 0,
      note: `${needed} were needed: ${counted} counted, of ${voters} people; the request is ${state}`,
    },
    {
      what: `${what}: until all are answered`,
      value: result.seconds,
      unit: 's',
    },
  ];
}
