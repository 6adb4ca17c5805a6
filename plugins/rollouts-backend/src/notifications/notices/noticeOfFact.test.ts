import type { ApprovalFact } from '../../approvals/facts/ApprovalFact';
import { noticeOfFact } from './noticeOfFact';

const base = {
  sequence: 7,
  requestId: 'r1',
  ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
  uid: 'u1',
  entityRef: 'component:default/colors',
  action: 'promote' as const,
  details: {},
  at: 0,
};
const tell = (fact: ApprovalFact) =>
  noticeOfFact(fact, ['group:default/palette'], '/deploy');

describe('what is told of an approval', () => {
  it('asks the approvers, but neither requester nor authors', () => {
    expect(
      tell({
        ...base,
        kind: 'requested',
        by: 'user:default/ada',
        label: 'Promote to 40 %',
        reason: 'looks good',
        policies: ['two-eyes'],
        approvers: ['group:default/palette'],
        authors: ['user:default/linus'],
        expiresAt: 1,
      }),
    ).toMatchObject({
      key: 'approval/7',
      topic: 'approval-asked',
      title: 'Please decide: Promote to 40 %, demo/colors',
      description: 'ada asks for it. looks good The change is by linus.',
      recipients: ['group:default/palette'],
      except: ['user:default/ada', 'user:default/linus'],
      link: '/catalog/default/component/colors/deploy?rollout=local%2Fdemo%2Fcolors&approval=r1',
      scope: 'approval/r1',
    });
  });

  it.each([
    [
      {
        kind: 'approved',
        by: 'user:default/grace',
        requestedBy: 'user:default/ada',
        onApproval: 'act',
      },
      'Approved: promote demo/colors fully',
    ],
    [
      {
        kind: 'rejected',
        by: 'user:default/grace',
        requestedBy: 'user:default/ada',
        reason: 'errors went up',
      },
      'Rejected: promote demo/colors fully',
    ],
    [
      {
        kind: 'voided',
        requestedBy: 'user:default/ada',
        reason: 'The rollout has moved on.',
      },
      'Void: the request to promote demo/colors fully',
    ],
    [
      {
        kind: 'expired',
        requestedBy: 'user:default/ada',
        reason: 'Nobody has answered.',
      },
      'Expired: the request to promote demo/colors fully',
    ],
  ] as const)('tells who had asked: %j', (fact, title) => {
    expect(tell({ ...base, action: 'promote-full', ...fact })).toMatchObject({
      title,
      recipients: ['user:default/ada'],
    });
  });

  it.each([
    ['act' as const, /The last approval carries it out/],
    ['unlock' as const, /You can carry it out now/],
  ])('says what follows when approval is to %s', (onApproval, text) => {
    expect(
      tell({
        ...base,
        kind: 'approved',
        by: 'user:default/grace',
        requestedBy: 'user:default/ada',
        onApproval,
      })?.description,
    ).toMatch(text);
  });

  it('says to who had asked why it waits, also when their own vote was the last', () => {
    expect(
      tell({
        ...base,
        kind: 'held',
        by: 'user:default/ada',
        requestedBy: 'user:default/ada',
        reason: 'At least 5 min at this step.',
      }),
    ).toMatchObject({
      topic: 'approval-decided',
      title: 'Approved, not carried out yet: promote demo/colors',
      description: 'At least 5 min at this step.',
      recipients: ['user:default/ada'],
      except: [],
    });
  });

  it('is loud in an emergency, to the owners', () => {
    expect(
      tell({
        ...base,
        kind: 'emergency',
        by: 'user:default/ada',
        actionId: 'a',
        reason: 'the shop is down',
        policies: ['two-eyes'],
      }),
    ).toMatchObject({
      topic: 'emergency',
      title: 'Emergency: ada passed the locks to promote demo/colors',
      severity: 'critical',
      // Not the request's: what becomes of that replaces what was said of it.
      scope: 'emergency/7',
      recipients: ['group:default/palette'],
      except: ['user:default/ada'],
    });
  });

  it('is nothing of single votes and comments', () => {
    const by = 'user:default/grace';
    expect(tell({ ...base, kind: 'voted', by })).toBeUndefined();
    expect(
      tell({ ...base, kind: 'commented', by, text: 'hm' }),
    ).toBeUndefined();
  });
});
