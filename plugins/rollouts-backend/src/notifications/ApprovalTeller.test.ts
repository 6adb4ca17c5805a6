import { mockServices } from '@backstage/backend-test-utils';
import { ManualClock } from '@progressive-delivery/kube';
import type { ApprovalFact } from '../approvals/facts/ApprovalFact';
import { ApprovalTeller } from './ApprovalTeller';
import type { Notice } from './notices/Notice';

const HOUR = 60 * 60_000;

describe('what is on record about approvals', () => {
  const clock = new ManualClock();
  const voided = (sequence: number, at: number): ApprovalFact => ({
    sequence,
    at,
    requestId: `r${sequence}`,
    kind: 'voided',
    requestedBy: 'user:default/ada',
    reason: 'It was deleted.',
    ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
    uid: 'u1',
    entityRef: 'component:default/colors',
    action: 'promote',
    details: {},
  });

  function tellerOf(record: ApprovalFact[], now: number) {
    const told: Notice[] = [];
    const teller = new ApprovalTeller({
      facts: {
        now: async () => now,
        since: async (sequence, limit) =>
          record.filter(fact => fact.sequence > sequence).slice(0, limit),
      },
      ownersOf: () => [],
      tabPath: '/rollouts',
      tell: async notice => {
        told.push(notice);
      },
      clock,
      logger: mockServices.logger.mock(),
    });
    return { teller, told };
  }

  it('is read to its end at once, however long it is', async () => {
    const { teller, told } = tellerOf(
      Array.from({ length: 450 }, (_, at) => voided(at + 1, clock.now())),
      clock.now(),
    );
    teller.start();
    await new Promise(resolve => setImmediate(resolve));
    await teller.stop();
    expect(told).toHaveLength(450);
  });

  it('is read once from its beginning, and told if it is of the last hour by the database’s clock', async () => {
    const now = clock.now() - 3 * HOUR;
    const record = [voided(1, now - HOUR - 1), voided(2, now - HOUR)];
    const { teller, told } = tellerOf(record, now);
    expect(await teller.follow()).toBe(2);
    expect(await teller.follow()).toBe(0);
    expect(told).toMatchObject([
      { key: 'approval/2', recipients: ['user:default/ada'] },
    ]);
  });
});
