import { HARBOR, PALETTE, policy } from '../../__testUtils__/approvals';
import { requirementOf, whatIsAsked } from './requirements';

const ben = { person: 'user:default/ben', countsAs: [PALETTE] };
const one = policy({ count: 1 });

describe('what a policy asks', () => {
  it('is satisfied by the votes that it asks for', () => {
    expect(requirementOf(one, [PALETTE], [], [], undefined)).toMatchObject({
      satisfied: false,
      required: 1,
      given: 0,
    });
    expect(requirementOf(one, [PALETTE], [ben], [], undefined).satisfied).toBe(
      true,
    );
  });

  it('is satisfied by no votes while the policy is broken', () => {
    expect(
      requirementOf(one, [PALETTE], [ben], [], 'There is no such group.'),
    ).toMatchObject({ satisfied: false, broken: 'There is no such group.' });
  });

  it('is broken where nobody could approve', () => {
    expect(requirementOf(one, [], [ben], [], undefined)).toMatchObject({
      satisfied: false,
      broken: expect.stringContaining('finds nobody who could approve'),
    });
  });

  it.each([
    [one, [PALETTE], `1 approval of ${PALETTE}`],
    [policy(), [PALETTE, HARBOR], `2 approvals of ${PALETTE} or ${HARBOR}`],
    [
      policy({ match: 'all', count: 1 }),
      [PALETTE, HARBOR],
      `2 approvals of ${PALETTE} and ${HARBOR}, 1 of each`,
    ],
  ])('is said in words', (asked, approvers, words) => {
    expect(
      whatIsAsked(requirementOf(asked, approvers, [], [], undefined)),
    ).toBe(words);
  });
});
