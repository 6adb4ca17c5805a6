import type { ApprovalRecord } from '../store/ApprovalRecord';
import type { Standing } from './Directory';

/** As what somebody may vote. */
export interface VoterRole {
  /** Those of the approvers that the person is. */
  countsAs: string[];
  /** The ref they stand in for, and why. */
  onBehalfOf?: string;
  /** The user who cannot vote too then. */
  represents?: string;
}

/** In a person's own right first, then for those they stand in for. Empty: no vote. */
export function votersRoles(
  { policies }: Pick<ApprovalRecord, 'policies'>,
  { own, represented }: Standing,
): VoterRole[] {
  const approvers = [...new Set(policies.flatMap(each => each.approvers))];
  const among = (refs: ReadonlySet<string>) =>
    approvers.filter(ref => refs.has(ref));
  const roles: VoterRole[] = [
    { countsAs: among(own) },
    ...represented.map(({ ref, is }) => ({
      countsAs: among(is),
      onBehalfOf: ref,
      represents: ref.startsWith('user:') ? ref : undefined,
    })),
  ];
  return roles.filter(({ countsAs }) => countsAs.length > 0);
}
