import { approvalRequest } from '../__fixtures__/approvals';
import { ago } from '../__fixtures__/rollout';
import { paused } from '../__fixtures__/progressStates';
import {
  approvalCounts,
  approvalsSignal,
  onLastApproval,
  relevantApprovals,
} from './approvalState';
import { answerOf } from '../__testUtils__/renderState';

const now = Date.now();
const rollout = paused(now);
const ids = (requests: { id: string }[]) => requests.map(({ id }) => id);

describe('relevantApprovals', () => {
  const open = approvalRequest(now, { id: 'open' });
  const voided = approvalRequest(now, {
    id: 'voided',
    state: 'voided',
    endedAt: ago(now, 600),
  });

  it('shows the last end until something open takes its place', () => {
    expect(ids(relevantApprovals(rollout, [voided], now))).toEqual(['voided']);
    expect(ids(relevantApprovals(rollout, [open, voided], now))).toEqual([
      'open',
    ]);
    expect(
      ids(
        relevantApprovals(
          rollout,
          [{ ...open, action: 'set-image' }, voided],
          now,
        ),
      ),
    ).toEqual(['open', 'voided']);
  });

  it('forgets an end after an hour, and what was done sooner', () => {
    expect(relevantApprovals(rollout, [voided], now + 3_600_000)).toEqual([]);
    expect(
      relevantApprovals(rollout, [{ ...voided, state: 'executed' }], now),
    ).toEqual([]);
  });

  it('forgets what was done for a version once another one is there', () => {
    const done = approvalRequest(now, {
      id: 'done',
      state: 'executed',
      endedAt: ago(now, 30),
    });
    const next = { ...rollout, podHash: 'another' };

    expect(ids(relevantApprovals(rollout, [done], now))).toEqual(['done']);
    expect(relevantApprovals(next, [done], now)).toEqual([]);
    expect(relevantApprovals(next, [done], now, 'done')).toEqual([done]);
    expect(
      ids(relevantApprovals(next, [{ ...done, action: 'set-image' }], now)),
    ).toEqual(['done']);
    expect(ids(relevantApprovals(next, [voided], now))).toEqual(['voided']);
  });

  it('knows nothing of the requests of other rollouts', () => {
    const other = { ...open, ref: { ...open.ref, name: 'search' } };

    expect(relevantApprovals(rollout, [other], now)).toEqual([]);
  });
});

it('counts over all policies, and no approval twice', () => {
  const [requirement] = approvalRequest(now, { id: 'a' }).requirements;

  expect(
    approvalCounts({
      requirements: [
        { ...requirement!, given: 3, required: 2 },
        { ...requirement!, given: 0, required: 1 },
      ],
    }),
  ).toEqual({ given: 2, required: 3 });
});

it('keeps a request that a link has led to, however old', () => {
  const old = approvalRequest(now, {
    id: 'old',
    state: 'expired',
    endedAt: new Date(now - 86_400_000).toISOString(),
  });
  expect(relevantApprovals(rollout, [old], now)).toEqual([]);
  expect(relevantApprovals(rollout, [old], now, 'old')).toEqual([old]);
});

it('acts at once only when every policy says so', () => {
  const [requirement] = approvalRequest(now, { id: 'a' }).requirements;
  const act = { ...requirement!, onApproval: 'act' as const };

  expect(onLastApproval({ requirements: [act, act] })).toBe('act');
  expect(
    onLastApproval({ requirements: [act, { ...act, onApproval: 'unlock' }] }),
  ).toBe('unlock');
});

it('reads again when a vote shows in a lock, not at each measurement', () => {
  const known = answerOf('paused');
  const [response] = known.rollouts;
  const withRollout = (change: object) => ({
    ...known,
    rollouts: [{ ...response!, rollout: { ...response!.rollout, ...change } }],
  });

  expect(approvalsSignal(withRollout({ version: '9', metrics: [] }))).toBe(
    approvalsSignal(known),
  );
  expect(
    approvalsSignal(
      withRollout({
        actions: response!.rollout.actions.map(view => ({
          ...view,
          locks: [
            {
              gate: 'approval',
              name: 'p',
              reason: '1 of 2 given.',
              remedy: '',
              emergency: true,
            },
          ],
        })),
      }),
    ),
  ).not.toBe(approvalsSignal(known));
});
