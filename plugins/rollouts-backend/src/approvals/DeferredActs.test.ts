import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { newApproval } from '../__testUtils__/approvals';
import { DeferredActs } from './DeferredActs';
import type { ApprovalRecord } from './store/ApprovalRecord';

const cleo = mockCredentials.user('user:default/cleo');

function start() {
  const now: { request?: ApprovalRecord; waits: boolean } = {
    request: {
      ...newApproval(),
      requestHash: 'hash',
      represented: [],
      state: 'approved',
      version: 1,
      createdAt: 0,
      expiresAt: 1,
      votes: [],
      comments: [],
    },
    waits: true,
  };
  const act = jest.fn(async () => {});
  const logger = mockServices.logger.mock();
  const deferred = new DeferredActs({
    find: () => now.request,
    isWaiting: () => now.waits,
    act,
    logger,
  });
  deferred.add('r1', cleo);
  return { now, act, logger, deferred };
}

describe('what waits for a condition', () => {
  it('is carried out once, by who approved, as soon as the condition is met', () => {
    const { now, act, deferred } = start();
    deferred.look();
    expect(act).not.toHaveBeenCalled();
    now.waits = false;
    deferred.look();
    deferred.look();
    expect(act).toHaveBeenCalledTimes(1);
    expect(act).toHaveBeenCalledWith(now.request, cleo);
  });

  it.each(['voided', 'executing', undefined] as const)(
    'is dropped when the request is %s',
    state => {
      const { now, act, deferred } = start();
      now.request =
        state && now.request ? { ...now.request, state } : undefined;
      now.waits = false;
      deferred.look();
      expect(act).not.toHaveBeenCalled();
      expect(deferred.size).toBe(0);
    },
  );

  it('is not tried for ever when it fails, and says so', async () => {
    const { now, act, logger, deferred } = start();
    act.mockRejectedValue(new Error('the token has expired'));
    now.waits = false;
    deferred.look();
    await new Promise(resolve => {
      setImmediate(resolve);
    });
    deferred.look();
    expect(act).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('the token has expired'),
    );
  });
});
