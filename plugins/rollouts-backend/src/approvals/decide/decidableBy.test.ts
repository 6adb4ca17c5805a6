import { approvalRecord, HARBOR, PALETTE } from '../../__testUtils__/approvals';
import { decidableBy } from './decidableBy';

const ben = 'user:default/ben';

function waitsFor(
  userRef: string,
  groups: string[],
  change: Parameters<typeof approvalRecord>[0] = {},
) {
  const ownershipRefs = [userRef, ...groups];
  const request = approvalRecord(change);
  const answers = [
    decidableBy(request, { userRef, ownershipRefs }),
    // A token without the user's own ref names it among what is theirs.
    decidableBy(request, { ownershipRefs }),
  ];
  expect(new Set(answers).size).toBe(1);
  return answers[0];
}

describe('a request waits for', () => {
  it('members of the groups that decide, and nobody else', () => {
    expect(waitsFor(ben, [PALETTE])).toBe(true);
    expect(waitsFor(ben, [HARBOR])).toBe(false);
  });

  it.each(['user:default/ada', 'user:default/dora'])(
    'nobody who has asked for it or made the change: %s',
    person => {
      expect(waitsFor(person, [PALETTE])).toBe(false);
    },
  );

  it('nobody who has answered, nor who was stood in for', () => {
    const vote = {
      person: ben,
      decision: 'approve' as const,
      countsAs: [PALETTE],
      at: 0,
    };
    expect(waitsFor(ben, [PALETTE], { votes: [vote] })).toBe(false);
    expect(waitsFor(ben, [PALETTE], { represented: [ben] })).toBe(false);
  });

  it('nobody once it is decided', () => {
    expect(waitsFor(ben, [PALETTE], { state: 'approved' })).toBe(false);
  });
});
