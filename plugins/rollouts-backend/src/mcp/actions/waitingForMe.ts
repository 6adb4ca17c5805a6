import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { bodyOf, type AgentApi } from '../AgentApi';
import { seenSchema } from '../schemas';

/** What waits for the caller: rollouts of theirs, and approvals. */
export function registerWaitingForMe(
  registry: ActionsRegistryService,
  api: AgentApi,
): void {
  registry.register({
    name: 'list-what-waits-for-me',
    title: 'List what waits for me',
    description:
      'Rollouts that go no further without the caller: those whose approval they can decide, and those of theirs that are paused for a person. What a freeze window refuses until its end says so in `frozen` and comes last, otherwise the longest wait comes first. An `approvalId` is for approve-rollout.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: zod => zod.object({}),
      output: zod =>
        zod.object({
          items: zod.array(
            zod.object({
              cluster: zod.string(),
              namespace: zod.string(),
              name: zod.string(),
              because: zod
                .enum(['approval', 'owner'])
                .describe('Why it waits for the caller'),
              sentence: zod.string().describe('What is happening, and why'),
              since: zod.string().optional(),
              frozen: zod
                .object({ name: zod.string(), until: zod.string() })
                .optional()
                .describe('The freeze window that refuses it until then'),
            }),
          ),
          approvals: zod.array(
            zod.object({
              approvalId: zod.string(),
              cluster: zod.string(),
              namespace: zod.string(),
              name: zod.string(),
              action: zod.string(),
              label: zod.string(),
              requestedBy: zod.string(),
              reason: zod.string().optional(),
              expiresAt: zod.string(),
              seen: seenSchema(zod),
            }),
          ),
        }),
    },
    action: async ({ credentials }) => {
      const client = await api.as(credentials);
      const [waiting, approvals] = await Promise.all([
        client.GET('/v1/fleet/waiting').then(bodyOf),
        client.GET('/v1/approvals/waiting').then(bodyOf),
      ]);
      return {
        output: {
          items: waiting.items.map(({ row, because, frozen }) => ({
            ...row.ref,
            because,
            sentence: row.sentence,
            since: row.since,
            frozen,
          })),
          approvals: approvals.items.map(request => ({
            approvalId: request.id,
            ...request.ref,
            action: request.action,
            label: request.label,
            requestedBy: request.requestedBy,
            reason: request.reason,
            expiresAt: request.expiresAt,
            seen: request.bound,
          })),
        },
      };
    },
  });
}
