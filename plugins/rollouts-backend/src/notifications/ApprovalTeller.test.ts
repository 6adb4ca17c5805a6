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

  function tellerOf(
    record: ApprovalFact[],
    now: number,
    beforeReading = () => {},
  ) {
    const told: Notice[] = [];
    const logger = mockServices.logger.mock();
    const teller = new ApprovalTeller({
      facts: {
        now: async () => now,
        since: async (sequence, limit) => {
          beforeReading();
          return record
            .filter(fact => fact.sequence > sequence)
            .slice(0, limit);
        },
      },
      ownersOf: () => [],
      tabPath: '/rollouts',
      tell: async notice => {
        told.push(notice);
      },
      clock,
      logger,
    });
    return { teller, told, logger };
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

  describe('when it cannot be read', () => {
    function startDown() {
      let isDown = true;
      const { teller, logger } = tellerOf([], clock.now(), () => {
        if (isDown) {
          throw new Error('no database');
        }
      });
      /** Looks as often as there is time for. */
      const pass = async (seconds: number) => {
        for (let at = 0; at <= seconds; at += 2) {
          await new Promise(resolve => setImmediate(resolve));
          clock.advance(at < seconds ? 2_000 : 0);
        }
      };
      teller.start();
      const comesBack = () => {
        isDown = false;
      };
      return { teller, logger, pass, comesBack };
    }

    it('says so once, and when it is read again', async () => {
      const { teller, logger, pass, comesBack } = startDown();
      await pass(20);
      comesBack();
      await pass(4);
      await teller.stop();
      expect(logger.warn.mock.calls).toEqual([
        [expect.stringContaining('no database')],
      ]);
      expect(logger.info).toHaveBeenCalledTimes(1);
    });

    it('says nothing of what is over within ten seconds, as at a start', async () => {
      const { teller, logger, pass, comesBack } = startDown();
      await pass(8);
      comesBack();
      await pass(4);
      await teller.stop();
      expect(logger.warn).not.toHaveBeenCalled();
      expect(logger.info).not.toHaveBeenCalled();
    });
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
