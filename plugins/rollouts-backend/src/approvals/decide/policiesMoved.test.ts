import { HARBOR, PALETTE, policy } from '../../__testUtils__/approvals';
import { policiesMoved } from './policiesMoved';

const asked = (
  change: Parameters<typeof policy>[0] = {},
  approvers = [PALETTE],
) => ({ policy: policy(change), approvers });

describe('the policies of a request', () => {
  it('are the same when only their words and their place are others', () => {
    const moved = {
      ...asked({ title: 'Two', description: 'Why' }, [PALETTE, HARBOR]),
    };
    moved.policy = { ...moved.policy, path: 'policies[7]' };
    expect(policiesMoved([asked({}, [HARBOR, PALETTE])], [moved])).toBe(
      undefined,
    );
  });

  it.each<[string, ReturnType<typeof asked>[], RegExp]>([
    ['one more', [asked(), asked({ name: 'board' })], /"board" applies by now/],
    ['one less', [], /does not apply any more/],
    ['another count', [asked({ count: 3 })], /has changed\./],
    ['another quorum', [asked({ match: 'all' })], /has changed\./],
    [
      'the requester among them',
      [asked({ requesterMayApprove: true })],
      /has changed\./,
    ],
    [
      'the author among them',
      [asked({ authorMayApprove: true })],
      /has changed\./,
    ],
    ['another effect', [asked({ onApproval: 'act' })], /has changed\./],
    ...[
      { minimumStepTime: '5m' },
      { minimumRequests: { metric: 'requests', count: 5 } },
      { analysisSuccessful: true },
    ].map(
      conditions =>
        [
          `another condition, ${Object.keys(conditions)}`,
          [asked({ conditions })],
          /has changed\./,
        ] as [string, ReturnType<typeof asked>[], RegExp],
    ),
    [
      'other people',
      [asked({}, [HARBOR])],
      /from group:default\/palette to group:default\/harbor/,
    ],
    ['nobody', [asked({}, [])], /to nobody/],
  ])('have moved with %s', (_, now, reason) => {
    expect(policiesMoved([asked()], now)).toMatch(reason);
  });
});
