import {
  newApproval,
  PALETTE,
  policy as policyOf,
} from '../../__testUtils__/approvals';
import {
  startPostgres,
  startSqlite,
  type TestDatabase,
} from '../../__testUtils__/testDatabases';
import { migrate } from '../../database/migrate';
import { isApproved } from '../ApprovalVotes';
import type { ApprovalFact } from '../facts/ApprovalFact';
import { ApprovalStore } from './ApprovalStore';
import { ApprovalTransactions } from './ApprovalTransactions';
import { databaseNow } from './databaseNow';
import { COMMENTS, EXECUTIONS, FACTS, PEOPLE, REQUESTS } from './rows';

jest.setTimeout(240_000);

const HOUR = 60 * 60_000;

describe.each([
  ['SQLite', startSqlite],
  ['PostgreSQL', startPostgres],
])('approvals on %s', (_, startDatabase) => {
  let database: TestDatabase;
  let store: ApprovalStore;
  let told: ApprovalFact[];
  /** How far the test has moved the database's clock. */
  let ahead: number;

  beforeAll(async () => {
    database = await startDatabase();
    await migrate(database.knex);
  });
  afterAll(() => database?.stop());
  beforeEach(async () => {
    for (const table of [FACTS, EXECUTIONS, COMMENTS, PEOPLE, REQUESTS]) {
      await database.knex(table).delete();
    }
    told = [];
    ahead = 0;
    store = new ApprovalStore(
      new ApprovalTransactions(database.knex, {
        onFacts: facts => told.push(...facts),
        now: async knex => (await databaseNow(knex)) + ahead,
      }),
    );
  });

  const vote = (
    name: string,
    change: { decision?: 'approve' | 'reject'; represents?: string } = {},
  ) =>
    store.vote(
      'r1',
      {
        person: `user:default/${name}`,
        decision: 'approve',
        countsAs: [PALETTE],
        ...change,
      },
      isApproved,
    );
  const kinds = () => told.map(({ kind }) => kind);

  it('has a clock that agrees with this one', async () => {
    const difference = Math.abs(
      (await databaseNow(database.knex)) - Date.now(),
    );
    expect(difference).toBeLessThan(5_000);
  });

  it('keeps what was asked, word for word', async () => {
    await store.create(newApproval({ reason: 'looks good' }));
    const { validityMilliseconds, ...asked } = newApproval({
      reason: 'looks good',
    });
    const found = await store.reads.find('r1');
    // What is not said is not there once it was JSON.
    const kept = JSON.parse(JSON.stringify(asked));
    expect(found).toMatchObject({ ...kept, state: 'pending', votes: [] });
    expect((found?.expiresAt ?? 0) - (found?.createdAt ?? 0)).toBe(
      validityMilliseconds,
    );
  });

  it('opens one request for the same, however many ask at once', async () => {
    const answers = await Promise.all(
      ['r1', 'r2', 'r3', 'r4'].map(id =>
        store.create(newApproval({ id, idempotencyKey: `key-${id}` })),
      ),
    );
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(answers.map(each => each.request.id)).size).toBe(1);
    await expect(store.reads.open()).resolves.toHaveLength(1);
  });

  it('has one request for a key, whatever else is said with it', async () => {
    const answers = await Promise.all(
      (['promote', 'promote-full', 'skip-step'] as const).map((action, index) =>
        store.create(
          newApproval({ id: `r${index}`, idempotencyKey: 'one', action }),
        ),
      ),
    );
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    await expect(store.reads.open()).resolves.toHaveLength(1);
  });

  it('opens another one for the same once the first has ended', async () => {
    await store.create(newApproval());
    await vote('ben', { decision: 'reject' });
    const again = newApproval({ id: 'r2', idempotencyKey: 'key-r2' });
    await expect(store.create(again)).resolves.toMatchObject({ created: true });
  });

  it.each(['ada', 'dora'])(
    'has no place for the vote of %s, who asked or made the change',
    async name => {
      await store.create(newApproval());
      await expect(vote(name)).resolves.toMatchObject({ outcome: 'taken' });
      const found = await store.reads.find('r1');
      expect(found?.votes).toEqual([]);
    },
  );

  it('counts one vote of a person who votes many times at once', async () => {
    await store.create(newApproval());
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => vote('ben')),
    );
    expect(answers.filter(({ outcome }) => outcome === 'counted')).toHaveLength(
      1,
    );
    const found = await store.reads.find('r1');
    expect(found).toMatchObject({ state: 'pending' });
    expect(found?.votes).toHaveLength(1);
  });

  it('refuses a second vote and a second execution by constraint, whatever the code does', async () => {
    await store.create(newApproval());
    const { knex } = database;
    const row = (person: string) => ({
      request_id: 'r1',
      person,
      role: 'approve',
      counts_as: '[]',
      at: 0,
    });
    await knex(PEOPLE).insert(row('user:default/ben'));
    await expect(knex(PEOPLE).insert(row('user:default/ben'))).rejects.toThrow(
      /unique/i,
    );
    await expect(knex(PEOPLE).insert(row('user:default/ada'))).rejects.toThrow(
      /unique/i,
    );
    const execution = (actionId: string) => ({
      request_id: 'r1',
      action_id: actionId,
      person: 'user:default/ben',
      claimed_at: 0,
    });
    await knex(EXECUTIONS).insert(execution('a1'));
    await expect(knex(EXECUTIONS).insert(execution('a2'))).rejects.toThrow(
      /unique/i,
    );
  });

  it('takes the place of whom a delegate stands in for', async () => {
    await store.create(newApproval());
    await vote('ben', { represents: 'user:default/cleo' });
    await expect(vote('cleo')).resolves.toMatchObject({ outcome: 'taken' });
  });

  it('lets no delegate vote for whom the place is taken, and keeps no half of it', async () => {
    await store.create(newApproval());
    await vote('cleo');
    await expect(
      vote('ben', { represents: 'user:default/cleo' }),
    ).resolves.toMatchObject({ outcome: 'taken' });
    await expect(vote('ben')).resolves.toMatchObject({ outcome: 'counted' });
  });

  it('is ended by one rejection, with the reason', async () => {
    await store.create(newApproval());
    await store.vote(
      'r1',
      {
        person: 'user:default/ben',
        decision: 'reject',
        countsAs: [PALETTE],
        reason: 'errors',
      },
      isApproved,
    );
    await expect(vote('cleo')).resolves.toMatchObject({
      outcome: 'ended',
      request: { state: 'rejected', stateReason: 'errors' },
    });
  });

  it('is approved by the vote that was missing, and tells it in order', async () => {
    await store.create(newApproval());
    await vote('ben');
    await vote('cleo');
    await expect(vote('eve')).resolves.toMatchObject({ outcome: 'ended' });
    expect(kinds()).toEqual(['requested', 'voted', 'voted', 'approved']);
    const recorded = await store.reads.factsSince(0, 10);
    expect(recorded).toEqual(told);
    const sequences = recorded.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
  });

  it.each([
    ['act', 'act', 'act'],
    ['act', 'unlock', 'unlock'],
    ['unlock', 'act', 'unlock'],
  ] as const)(
    'is carried out by the last vote when each policy says so: %s and %s, %s',
    async (one, other, effect) => {
      await store.create(
        newApproval({
          policies: [one, other].map((onApproval, at) => ({
            policy: policyOf({ name: `p${at}`, count: 1, onApproval }),
            approvers: [PALETTE],
          })),
        }),
      );
      await vote('ben');
      expect(told.at(-1)).toMatchObject({
        kind: 'approved',
        onApproval: effect,
      });
    },
  );

  it('counts no vote after its time, by the database’s clock', async () => {
    await store.create(newApproval());
    ahead = 2 * HOUR;
    await expect(vote('ben')).resolves.toMatchObject({
      outcome: 'ended',
      request: { state: 'expired', votes: [] },
    });
    expect(kinds()).toEqual(['requested', 'expired']);
  });

  it('gives the right to carry it out to exactly one of many', async () => {
    await store.create(newApproval());
    await vote('ben');
    await vote('cleo');
    const answers = await Promise.all(
      ['a1', 'a2', 'a3', 'a4'].map(id =>
        store.claims.claim('r1', id, 'user:default/ben'),
      ),
    );
    expect(answers.filter(({ claimed }) => claimed)).toHaveLength(1);
    const actionId = (await store.reads.find('r1'))?.execution?.actionId ?? '';
    await store.claims.settle(actionId, { done: true, message: 'Done.' });
    await expect(
      store.claims.claim('r1', 'a9', 'user:default/ben'),
    ).resolves.toMatchObject({
      claimed: false,
      request: { state: 'executed' },
    });
    expect(kinds().filter(kind => kind === 'executed')).toHaveLength(1);
  });

  it('gives the right back after a write that did not happen', async () => {
    await store.create(newApproval());
    await vote('ben');
    await vote('cleo');
    await store.claims.claim('r1', 'a1', 'user:default/ben');
    await store.claims.settle('a1', { done: false });
    await expect(
      store.claims.claim('r1', 'a2', 'user:default/ben'),
    ).resolves.toMatchObject({ claimed: true });
  });

  it('lets the same action go on, and another one after it was abandoned', async () => {
    await store.create(newApproval());
    await vote('ben');
    await vote('cleo');
    const claim = (id: string) =>
      store.claims.claim('r1', id, 'user:default/ben');
    await claim('a1');
    await expect(claim('a1')).resolves.toMatchObject({ claimed: true });
    await expect(claim('a2')).resolves.toMatchObject({ claimed: false });
    ahead = 2 * 60_000;
    await expect(claim('a2')).resolves.toMatchObject({ claimed: true });
    await expect(claim('a1')).resolves.toMatchObject({ claimed: false });
  });

  it('does not carry out what was voided, and does not void what is carried out', async () => {
    await store.create(newApproval());
    await vote('ben');
    await vote('cleo');
    const [claim, end] = await Promise.all([
      store.claims.claim('r1', 'a1', 'user:default/ben'),
      store.end('r1', 'voided', { reason: 'It moved on.' }),
    ]);
    expect([claim.claimed, end.ended].filter(Boolean)).toHaveLength(1);
  });

  it('is voided by the action that carries it out, when that finds it moved, and by no other', async () => {
    await store.create(newApproval());
    await vote('ben');
    await vote('cleo');
    await store.claims.claim('r1', 'a1', 'user:default/ben');
    const end = (actionId?: string) =>
      store.end('r1', 'voided', { reason: 'It moved on.', actionId });
    await expect(end()).resolves.toMatchObject({ ended: false });
    await expect(end('a2')).resolves.toMatchObject({ ended: false });
    await expect(end('a1')).resolves.toMatchObject({
      ended: true,
      request: { state: 'voided', execution: undefined },
    });
    // The same action learns of its refusal afterwards.
    await store.claims.settle('a1', { done: false });
    await expect(store.reads.find('r1')).resolves.toMatchObject({
      state: 'voided',
    });
  });

  it('opens one request for the same although an autoscaler has written in between', async () => {
    const specHash = 'the same spec';
    await store.create(newApproval({ specHash }));
    const { bound } = newApproval();
    const later = newApproval({
      id: 'r2',
      idempotencyKey: 'key-r2',
      specHash,
      bound: { ...bound, generation: bound.generation + 1 },
    });
    await expect(store.create(later)).resolves.toMatchObject({
      created: false,
      request: { id: 'r1', specHash },
    });
  });

  it('is left in exactly the right state by 1 000 votes at once', async () => {
    const approvals = 40;
    const [{ policy, approvers }] = newApproval().policies as [
      ReturnType<typeof newApproval>['policies'][number],
    ];
    await store.create(
      newApproval({
        policies: [{ policy: { ...policy, count: approvals }, approvers }],
      }),
    );
    // Each of 100 people ten times; two of them have no vote.
    const names = Array.from({ length: 1_000 }, (__, index) => {
      const person = index % 100;
      return person < 2 ? (['ada', 'dora'][person] ?? '') : `p${person}`;
    });

    const answers = await Promise.all(names.map(name => vote(name)));

    const counted = answers.filter(({ outcome }) => outcome === 'counted');
    expect(counted).toHaveLength(approvals);
    const found = await store.reads.find('r1');
    expect(found?.state).toBe('approved');
    const voters = found?.votes.map(({ person }) => person) ?? [];
    expect(new Set(voters).size).toBe(approvals);
    expect(voters).not.toContain('user:default/ada');
    expect(voters).not.toContain('user:default/dora');
    expect(kinds().filter(kind => kind === 'voted')).toHaveLength(approvals);
    expect(kinds().filter(kind => kind === 'approved')).toHaveLength(1);
  });
});
