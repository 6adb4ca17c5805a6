import type { EntitySelection } from '../../entities/EntitySelection';
import { isSelected } from '../../selection/matchSelector';
import type { ApprovalPolicy } from './ApprovalPolicy';

/**
 * Whether a policy applies because of this entity. A rollout can be granted to
 * several; the owners that decide are those of the one that the policy is
 * about, whichever of them the request was made on the ground of.
 */
export function isAbout(
  { name, optIn, scope }: Pick<ApprovalPolicy, 'name' | 'optIn' | 'scope'>,
  entity: EntitySelection,
): boolean {
  if (entity.approvalPolicies?.includes(name)) {
    return true;
  }
  return (
    !optIn && (scope.entity === undefined || isSelected(entity, scope.entity))
  );
}
