import { mockServices } from '@backstage/backend-test-utils';
import { ManualClock } from '@progressive-delivery/kube';
import { newApproval } from '../__testUtils__/approvals';
import type { ActionOutcome } from '../database/ActionRecord';
import { ApprovalWatch } from './ApprovalWatch';
import type { OpenApprovals } from './OpenApprovals';
import type { ApprovalRecord } from './store/ApprovalRecord';
import type { ApprovalStore } from './store/ApprovalStore';

const MINUTE = 60_000;

const executing: ApprovalRecord = {
  ...newApproval(),
  requestHash: 'hash',
  represented: [],
  state: 'executing',
  version: 5,
  createdAt: 0,
  expiresAt: 60 * MINUTE,
  votes: [],
  comments: [],
  execution: { actionId: 'a1', by: 'user:default/ben', claimedAt: 0 },
};

const INTERVAL = 5_000;
/** So many that the policies are read twice. */
const TURNS = 14;

/** Turns of a watch over a request that is being carried out since 0. */
async function turn(options: {
  now: number;
  outcome?: ActionOutcome;
  broken?: [string, string][][];
  requests?: ApprovalRecord[];
  /** Of requests that the database cannot end. */
  failing?: string;
}) {
  const { now, outcome, broken = [], requests = [executing] } = options;
  const settle = jest.fn(async () => undefined);
  const end = jest.fn(async (id: string) => {
    if (id === options.failing) {
      throw new Error('no such row');
    }
    return { request: { ...executing, id } };
  });
  const put = jest.fn();
  const logger = mockServices.logger.mock();
  const clock = new ManualClock();
  const watch = new ApprovalWatch({
    // Only what the watch calls.
    open: {
      all: requests,
      problem: undefined,
      reload: async () => {},
      put,
      subscribe: () => () => {},
    } as unknown as OpenApprovals,
    store: () =>
      ({
        now: async () => now,
        claims: { settle },
        expire: end,
        end,
      }) as unknown as ApprovalStore,
    registry: { refresh: async () => {}, subscribe: () => () => {} },
    approvers: { refresh: async () => new Map(broken.shift() ?? []) },
    outcomeOf: async () => outcome,
    moved: ({ id }) => {
      if (id === 'unreadable') {
        throw new TypeError('no spec');
      }
      return id === 'moved' ? 'It has moved.' : undefined;
    },
    clock,
    logger,
    intervalMilliseconds: INTERVAL,
  });
  watch.start();
  for (let turns = 1; turns < TURNS; turns++) {
    await clock.timerWithin(INTERVAL);
    clock.advance(INTERVAL);
  }
  await clock.timerWithin(INTERVAL);
  await watch.stop();
  return { settle, logger, put };
}

describe('what is being carried out', () => {
  it('is left alone for a minute', async () => {
    const { settle } = await turn({ now: MINUTE });
    expect(settle).not.toHaveBeenCalled();
  });

  it('is given back when whoever did it died before anything was on record', async () => {
    const { settle } = await turn({ now: MINUTE + 1 });
    expect(settle).toHaveBeenCalledWith('a1', { done: false });
  });

  it('is done when the record of actions says so, although nobody told', async () => {
    const result = {
      id: 'a1',
      action: 'promote' as const,
      outcome: 'applied' as const,
      message: 'Done.',
      consequences: [],
      warnings: [],
      patches: [],
    };
    const { settle } = await turn({ now: MINUTE + 1, outcome: { result } });
    expect(settle).toHaveBeenCalledWith('a1', { done: true, message: 'Done.' });
  });
});

it.each(['expired', 'moved', 'unreadable'])(
  'ends the requests after one that cannot be ended: %s',
  async failing => {
    const pending = (id: string, expiresAt: number): ApprovalRecord => ({
      ...executing,
      id,
      state: 'pending',
      execution: undefined,
      expiresAt,
    });
    const { put, logger } = await turn({
      now: MINUTE,
      failing,
      requests: [
        pending(failing, failing === 'expired' ? 0 : 2 * MINUTE),
        pending('over', MINUTE),
        pending('moved', 2 * MINUTE),
      ].filter(({ id }, at) => at === 0 || id !== failing),
    });
    const ended = put.mock.calls.map(([{ id }]) => id);
    expect(ended).toContain('over');
    expect(ended).not.toContain(failing);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining(`Request ${failing} cannot be`),
    );
  },
);

it('says as an error, once, which policy names somebody who is not there, and when that is mended', async () => {
  const wrong: [string, string] = ['board', 'policies[0].approvers[0]: gone'];
  const { logger } = await turn({ now: 0, broken: [[wrong], []] });
  expect(logger.error.mock.calls).toEqual([
    [expect.stringContaining('policies[0].approvers[0]')],
  ]);
  expect(logger.info).toHaveBeenCalledWith(
    'The approval policy "board" can be kept by now.',
  );
});
