import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ROLLOUT_ACTIONS,
  type AccessView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { APPROVAL_RIGHTS } from '../access/approvalRights';
import type { FoundRollout } from './findRollout';
import type { RouterContext } from './RouterContext';

/**
 * What the caller may do with a rollout: of the entities it belongs to, the
 * one that allows each action, else the reason of the first.
 */
export async function accessOf(
  { access }: RouterContext,
  credentials: BackstageCredentials,
  { cluster, rollout, entityRefs }: FoundRollout,
): Promise<AccessView> {
  const views = await Promise.all(
    entityRefs.map(async ref =>
      access.view(
        await access.permitted(credentials, ref),
        { cluster, rollout },
        ref,
      ),
    ),
  );
  return Object.fromEntries(
    [...ROLLOUT_ACTIONS, ...APPROVAL_RIGHTS].map(action => {
      const answers = views.flatMap(view => view[action] ?? []);
      const answer = answers.find(({ allowed }) => allowed) ??
        answers[0] ?? {
          allowed: false,
          reason: 'The rollout belongs to no catalog entity.',
        };
      return [action, answer];
    }),
  ) as AccessView;
}
