import { mockServices } from '@backstage/backend-test-utils';
import { systemClock } from '@progressive-delivery/kube';
import {
  startSqlite,
  type TestDatabase,
} from '../../__testUtils__/testDatabases';
import type { ApprovalFact } from '../../approvals/facts/ApprovalFact';
import { migrate } from '../../database/migrate';
import { foldRequests } from '../read/foldRequests';
import { HistoryRecorder } from '../record/HistoryRecorder';
import { HistoryStore } from '../store/HistoryStore';
import { ENTRIES, toEntry, type EntryRow } from '../store/rows';
import { ApprovalFollower } from './ApprovalFollower';

const base = {
  requestId: 'q',
  ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
  uid: 'u1',
  entityRef: 'component:default/colors',
  action: 'promote' as const,
  details: {},
  at: 1_000,
};
const FACTS: ApprovalFact[] = [
  {
    ...base,
    sequence: 1,
    kind: 'requested',
    by: 'user:default/bob',
    label: 'Promote to 40 %',
    policies: ['two-eyes'],
    approvers: [],
    authors: [],
    expiresAt: 9_000,
  },
  { ...base, sequence: 2, kind: 'voted', by: 'user:default/ada', reason: 'ok' },
  {
    ...base,
    sequence: 3,
    kind: 'commented',
    by: 'user:default/eve',
    text: 'hm',
  },
  {
    ...base,
    sequence: 5,
    kind: 'rejected',
    by: 'user:default/eve',
    requestedBy: 'user:default/bob',
    reason: 'too slow',
  },
  {
    ...base,
    requestId: undefined,
    sequence: 6,
    kind: 'emergency',
    by: 'user:default/ada',
    actionId: 'a',
    reason: 'everything is down',
    policies: ['two-eyes'],
  },
];

describe('approvals in the history', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await startSqlite();
    await migrate(database.knex);
  });
  afterEach(() => database.stop());

  function follower(available: () => boolean = () => true) {
    const store = new HistoryStore(database.knex);
    return new ApprovalFollower({
      facts: {
        since: async (sequence, limit) =>
          FACTS.filter(fact => fact.sequence > sequence).slice(0, limit),
      },
      snapshot: async () => ({
        at: new Date(1_000).toISOString(),
        phase: 'Paused',
        sentence: 'It waits.',
        step: { index: 1, count: 4 },
        weights: { desired: 20, actual: 20, max: 100, routed: true },
        images: [{ container: 'app', stable: 'a:1', current: 'a:2' }],
        metrics: [
          {
            name: 'success-rate',
            phase: 'Running',
            value: '0.98',
            successCondition: 'result[0] >= 0.95',
          },
        ],
        consequences: ['40 % get the new version.'],
      }),
      recorder: new HistoryRecorder({
        store: () => (available() ? store : undefined),
        gapBefore: async () => undefined,
        clock: systemClock,
        logger: mockServices.logger.mock(),
      }),
      database: () => database.knex,
      clock: systemClock,
      logger: mockServices.logger.mock(),
    });
  }

  async function requests() {
    const rows = await database.knex<EntryRow>(ENTRIES).orderBy('seq');
    return foldRequests(rows.map(toEntry));
  }

  it('are told whole: who asked, who voted how, and what became of it', async () => {
    await follower().follow();
    expect(await requests()).toMatchObject([
      {
        id: 'q',
        requestedBy: 'user:default/bob',
        policies: ['two-eyes'],
        state: 'rejected',
        endReason: 'too slow',
        snapshot: expect.arrayContaining([
          { label: 'image app', value: 'a:1 → a:2' },
          {
            label: 'metric success-rate',
            value: 'Running, 0.98, result[0] >= 0.95',
          },
        ]),
        votes: [
          { by: 'user:default/ada', vote: 'approve', comment: 'ok' },
          { by: 'user:default/eve', vote: 'reject', comment: 'too slow' },
        ],
        comments: [{ by: 'user:default/eve', text: 'hm' }],
      },
      {
        requestedBy: 'user:default/ada',
        emergency: true,
        reason: 'everything is down',
        state: 'executed',
      },
    ]);
  });

  it('are read by every replica and after every restart, and written once', async () => {
    await Promise.all([follower().follow(), follower().follow()]);
    expect(await follower().follow()).toBe(0);
    expect(await requests()).toHaveLength(2);
  });

  it('are read again when they could not be written', async () => {
    await expect(follower(() => false).follow()).rejects.toThrow();
    expect(await follower().follow()).toBe(5);
    expect(await requests()).toHaveLength(2);
  });
});
