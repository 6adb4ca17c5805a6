import { countVotes } from './countVotes';

const vote = (person: string, ...countsAs: string[]) => ({ person, countsAs });

describe('counting approvals', () => {
  it('of any group, counts all of them together', () => {
    const quorum = { match: 'any', count: 2, approvers: ['a', 'b'] } as const;
    expect(countVotes(quorum, [vote('x', 'a')]).satisfied).toBe(false);
    expect(countVotes(quorum, [vote('x', 'a'), vote('y', 'b')]).satisfied).toBe(
      true,
    );
  });

  it('does not count who is none of the approvers', () => {
    const quorum = { match: 'any', count: 1, approvers: ['a'] } as const;
    expect(countVotes(quorum, [vote('x', 'b'), vote('y')])).toMatchObject({
      given: 0,
      satisfied: false,
    });
  });

  it('of all groups, needs so many of each', () => {
    const quorum = { match: 'all', count: 2, approvers: ['a', 'b'] } as const;
    const three = [vote('x', 'a'), vote('y', 'a'), vote('z', 'b')];
    expect(countVotes(quorum, three)).toMatchObject({
      given: 3,
      required: 4,
      satisfied: false,
    });
    expect(countVotes(quorum, [...three, vote('w', 'b')]).satisfied).toBe(true);
  });

  it('counts a person of two groups for one of them', () => {
    const quorum = { match: 'all', count: 1, approvers: ['a', 'b'] } as const;
    expect(countVotes(quorum, [vote('x', 'a', 'b')]).satisfied).toBe(false);
  });

  it('counts a person of two groups where they are needed', () => {
    const quorum = { match: 'all', count: 1, approvers: ['a', 'b'] } as const;
    expect(
      countVotes(quorum, [vote('x', 'a', 'b'), vote('y', 'a')]).satisfied,
    ).toBe(true);
  });

  it('is never satisfied by nobody', () => {
    const quorum = { match: 'all', count: 1, approvers: [] } as const;
    expect(countVotes(quorum, []).satisfied).toBe(false);
  });
});
