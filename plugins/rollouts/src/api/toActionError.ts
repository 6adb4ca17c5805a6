import type { ActionRefusal } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RolloutActionError } from './RolloutActionError';

/** The body of a refusal is `{error: {message}, refusal: ActionRefusal}`. */
export async function toActionError(
  response: Response,
): Promise<RolloutActionError> {
  const body: { error?: { message?: string }; refusal?: ActionRefusal } =
    await response.json().catch(() => ({}));
  return new RolloutActionError(
    body.refusal?.message ??
      body.error?.message ??
      `${response.status} ${response.statusText}`,
    response.status,
    body.refusal,
  );
}
