import {
  newApproval,
  policy,
  PALETTE,
} from '@progressive-delivery/backstage-plugin-rollouts-backend/src/__testUtils__/approvals';
import {
  startPostgres,
  startSqlite,
} from '@progressive-delivery/backstage-plugin-rollouts-backend/src/__testUtils__/testDatabases';
import { isApproved } from '@progressive-delivery/backstage-plugin-rollouts-backend/src/approvals/ApprovalVotes';
import { ApprovalStore } from '@progressive-delivery/backstage-plugin-rollouts-backend/src/approvals/store/ApprovalStore';
import { ApprovalTransactions } from '@progressive-delivery/backstage-plugin-rollouts-backend/src/approvals/store/ApprovalTransactions';
import { migrate } from '@progressive-delivery/backstage-plugin-rollouts-backend/src/database/migrate';
import { answer, onQuestion } from '../child';

const VOTES = 1_000;
const PEOPLE = 500;
/** Votes that the request needs. */
const NEEDED = 50;

export interface VotesResult {
  database: string;
  votes: number;
  seconds: number;
  counted: number;
  needed: number;
  state?: string;
  /** People whose vote is on record. */
  voters: number;
}

/** All at once on one request, each of 500 people twice. */
async function votesOn(
  name: string,
  start: typeof startSqlite,
): Promise<VotesResult> {
  const database = await start();
  try {
    await migrate(database.knex);
    const store = new ApprovalStore(
      new ApprovalTransactions(database.knex, { onFacts: () => {} }),
    );
    await store.create(
      newApproval({
        policies: [{ policy: policy({ count: NEEDED }), approvers: [PALETTE] }],
      }),
    );
    const begun = performance.now();
    const answers = await Promise.all(
      Array.from({ length: VOTES }, async (_, index) => {
        const { outcome } = await store.vote(
          'r1',
          {
            person: `user:default/p${index % PEOPLE}`,
            decision: 'approve',
            countsAs: [PALETTE],
          },
          isApproved,
        );
        return outcome;
      }),
    );
    const seconds = (performance.now() - begun) / 1000;
    const found = await store.reads.find('r1');
    return {
      database: name,
      votes: VOTES,
      seconds,
      counted: answers.filter(outcome => outcome === 'counted').length,
      needed: NEEDED,
      state: found?.state,
      voters: new Set(found?.votes.map(({ person }) => person)).size,
    };
  } finally {
    await database.stop();
  }
}

async function main() {
  onQuestion(() => {});
  answer([
    await votesOn('SQLite', startSqlite),
    await votesOn('PostgreSQL', startPostgres),
  ]);
}

void main();
