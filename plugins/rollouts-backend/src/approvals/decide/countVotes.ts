/** What counting needs to know of a policy. */
export interface Quorum {
  match: 'any' | 'all';
  /** In all, or of each approver with `all`. */
  count: number;
  /** Refs of groups and single users. */
  approvers: readonly string[];
}

/** One approval, with the approvers that the person is. */
export interface CountableVote {
  person: string;
  countsAs: readonly string[];
}

export interface VoteCount {
  given: number;
  required: number;
  byApprover: { ref: string; required: number; given: number }[];
  satisfied: boolean;
}

/**
 * Counts approvals. One person counts once: whoever is in two groups that must
 * both approve stands for one of them, whichever helps most.
 */
export function countVotes(
  { match, count, approvers }: Quorum,
  votes: readonly CountableVote[],
): VoteCount {
  const counting = votes.filter(({ countsAs }) =>
    countsAs.some(ref => approvers.includes(ref)),
  );
  if (match === 'any') {
    const given = counting.length;
    return {
      given,
      required: count,
      byApprover: approvers.map(ref => ({
        ref,
        required: 0,
        given: counting.filter(vote => vote.countsAs.includes(ref)).length,
      })),
      satisfied: approvers.length > 0 && given >= count,
    };
  }
  const assigned = assign(counting, approvers, count);
  const byApprover = approvers.map(ref => ({
    ref,
    required: count,
    given: assigned.get(ref)?.length ?? 0,
  }));
  return {
    given: byApprover.reduce((sum, { given }) => sum + given, 0),
    required: count * approvers.length,
    byApprover,
    satisfied:
      approvers.length > 0 && byApprover.every(({ given }) => given >= count),
  };
}

/** A maximum matching of persons to places, `count` at each approver (Kuhn). */
function assign(
  votes: readonly CountableVote[],
  approvers: readonly string[],
  count: number,
): Map<string, CountableVote[]> {
  const places = new Map<string, CountableVote[]>(
    approvers.map(ref => [ref, []]),
  );
  const seat = (vote: CountableVote, tried: Set<string>): boolean => {
    for (const ref of vote.countsAs) {
      const taken = places.get(ref);
      if (!taken || tried.has(ref)) {
        continue;
      }
      tried.add(ref);
      if (taken.length < count) {
        taken.push(vote);
        return true;
      }
      const moved = taken.findIndex(other => seat(other, tried));
      if (moved >= 0) {
        taken[moved] = vote;
        return true;
      }
    }
    return false;
  };
  votes.forEach(vote => seat(vote, new Set()));
  return places;
}
