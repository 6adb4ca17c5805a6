import type { ActionLock } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Judgement } from '../ApprovalJudge';
import type { ApprovalRecord } from '../store/ApprovalRecord';
import { whatIsAsked } from './requirements';

/**
 * Why an action is locked: one lock for each policy that is not satisfied.
 * Empty once the request is approved and all conditions are met.
 */
export function locksOf(
  { broken, requirements, waitsUntil }: Judgement,
  request: ApprovalRecord | undefined,
  now: number,
): ActionLock[] {
  const expired = request !== undefined && now >= request.expiresAt;
  const usable =
    request !== undefined && request.state !== 'pending' && !expired;
  return [
    ...broken.map(({ name, message }) => brokenLock(name, message)),
    ...requirements.flatMap(requirement => {
      const { policy, title } = requirement;
      if (requirement.broken !== undefined) {
        return [brokenLock(policy, requirement.broken)];
      }
      const asked = whatIsAsked(requirement);
      const base = {
        gate: 'approval' as const,
        name: policy,
        requestId: expired ? undefined : request?.id,
        requestVersion: expired ? undefined : request?.version,
        emergency: true,
      };
      if (!request || expired) {
        return [
          {
            ...base,
            reason: `${title} asks for ${asked}.`,
            remedy: 'Ask for approval.',
          },
        ];
      }
      if (!requirement.satisfied || !usable) {
        return [
          {
            ...base,
            reason: `${title} asks for ${asked}; ${requirement.given} of ${requirement.required} given.`,
            remedy: `Wait for the others, until ${iso(request.expiresAt)}.`,
          },
        ];
      }
      const unmet = requirement.conditions.filter(({ met }) => !met);
      return unmet.length === 0
        ? []
        : [
            {
              ...base,
              reason: `Approved, but ${title} has a further condition. ${unmet.map(({ message }) => message).join(' ')}`,
              remedy: `It is unlocked as soon as the condition is met, until ${iso(request.expiresAt)}.`,
              until: waitsUntil === undefined ? undefined : iso(waitsUntil),
            },
          ];
    }),
  ];
}

function brokenLock(name: string, message: string): ActionLock {
  return {
    gate: 'approval',
    name,
    reason: message,
    remedy: 'It stays locked until the policy is mended.',
    emergency: true,
  };
}

function iso(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
