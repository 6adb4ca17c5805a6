import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { bodyOf, type AgentApi } from '../AgentApi';
import { seenSchema } from '../schemas';

/** The caller's vote for a request. */
export function registerApprove(
  registry: ActionsRegistryService,
  api: AgentApi,
): void {
  registry.register({
    name: 'approve-rollout',
    title: 'Approve a request',
    description:
      'Gives the caller’s approval to a request of list-what-waits-for-me. The last one that is missing may carry the action out at once. Show the person what is asked before, and hand on its `seen`.',
    attributes: { readOnly: false, destructive: true, idempotent: true },
    schema: {
      input: zod =>
        zod.object({
          approvalId: zod.string().max(64),
          seen: seenSchema(zod),
          reason: zod.string().max(2_000).optional(),
        }),
      output: zod => zod.object({ state: zod.string() }),
    },
    action: async ({ input: { approvalId, ...decision }, credentials }) => {
      const client = await api.as(credentials);
      const request = bodyOf(
        await client.POST('/v1/approvals/{id}/approve', {
          params: { path: { id: approvalId } },
          body: decision,
        }),
      );
      return { output: { state: request.state } };
    },
  });
}
