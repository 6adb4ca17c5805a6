import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ActionRefusedError } from '../actions/ActionRefusedError';
import { rightMissing } from './approvalRights';
import type { RolloutAccess } from './RolloutAccess';

/**
 * Passing the locks needs a permission of its own and words for the record.
 * @throws ActionRefusedError
 */
export async function requireEmergency(
  access: Pick<RolloutAccess, 'has'>,
  credentials: BackstageCredentials,
  entityRef: string,
  reason: string | undefined,
): Promise<void> {
  if (!reason?.trim()) {
    throw new ActionRefusedError({
      code: 'invalid',
      message: 'An emergency needs a reason.',
      remedy: 'Say in the field "reason" what is at stake.',
    });
  }
  if (!(await access.has(credentials, 'emergency', entityRef))) {
    throw new ActionRefusedError(rightMissing('emergency', entityRef));
  }
}
