import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ActionRefusedError } from '../actions/ActionRefusedError';
import { rightMissing, type ApprovalRight } from './approvalRights';
import type { RolloutAccess } from './RolloutAccess';

/**
 * The first entity of a rollout on whose ground the caller has a right, among
 * those that the rollout is granted to.
 * @throws ActionRefusedError when there is none
 */
export async function approvalGround(
  access: Pick<RolloutAccess, 'has' | 'owns'>,
  credentials: BackstageCredentials,
  right: ApprovalRight,
  target: { cluster: string; rollout: Rollout; entityRefs: readonly string[] },
): Promise<string> {
  const granted = target.entityRefs.filter(ref => access.owns(target, ref));
  for (const entityRef of granted) {
    if (await access.has(credentials, right, entityRef)) {
      return entityRef;
    }
  }
  throw new ActionRefusedError(
    granted[0] === undefined
      ? {
          code: 'not-mapped',
          message: 'The rollout is granted to no catalog entity.',
          remedy:
            'Put the label backstage.io/kubernetes-id of your entity on the Rollout, or ask the portal’s operator to add the namespace under rollouts.ownership.',
        }
      : rightMissing(right, granted[0]),
  );
}
