import { randomUUID } from 'node:crypto';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { RolloutAction } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { bodyOf, type AgentApi } from '../AgentApi';
import { addressShape, resultSchema, seenSchema } from '../schemas';

const ACTIONS: {
  name: string;
  title: string;
  description: string;
  action: RolloutAction;
}[] = [
  {
    name: 'promote-rollout',
    title: 'Promote a rollout',
    description:
      'Moves a rollout on by one step. More people get the new version. Refused where a policy or a freeze window says so.',
    action: 'promote',
  },
  {
    name: 'promote-rollout-fully',
    title: 'Promote a rollout fully',
    description:
      'Skips all steps and analyses that are left: everybody gets the new version. Refused where a policy or a freeze window says so.',
    action: 'promote-full',
  },
  {
    name: 'abort-rollout',
    title: 'Abort a rollout',
    description:
      'Sends everybody back to the stable version. Never gated by approvals or freeze windows.',
    action: 'abort',
  },
];

/** What changes a rollout, with the rights of the caller. */
export function registerAct(
  registry: ActionsRegistryService,
  api: AgentApi,
): void {
  for (const { action, ...described } of ACTIONS) {
    registry.register({
      ...described,
      description: `${described.description} Call show-rollout first, tell the person its consequences, and hand on its \`seen\`.`,
      attributes: { readOnly: false, destructive: true, idempotent: true },
      schema: {
        input: zod =>
          zod.object({
            ...addressShape(zod),
            seen: seenSchema(zod),
            reason: zod
              .string()
              .max(2_000)
              .optional()
              .describe('Why, for the record'),
            dryRun: zod
              .boolean()
              .optional()
              .describe('Only say what would happen'),
            idempotencyKey: zod
              .string()
              .min(8)
              .max(64)
              .regex(/^[A-Za-z0-9-]+$/)
              .optional()
              .describe(
                'Made once per decision: a repeat with the same key has no second effect',
              ),
          }),
        output: resultSchema,
      },
      action: async ({ input, credentials }) => {
        const { cluster, namespace, name, ...decision } = input;
        const client = await api.as(credentials);
        const { id, outcome, message, consequences, warnings } = bodyOf(
          await client.POST(
            '/v1/rollouts/{cluster}/{namespace}/{name}/actions/{action}',
            {
              params: { path: { cluster, namespace, name, action } },
              body: {
                ...decision,
                idempotencyKey: decision.idempotencyKey ?? randomUUID(),
              },
            },
          ),
        );
        return { output: { id, outcome, message, consequences, warnings } };
      },
    });
  }
}
