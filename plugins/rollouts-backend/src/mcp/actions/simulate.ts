import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { bodyOf, type AgentApi } from '../AgentApi';

const MOST_TEXT = 200_000;

/** What a manifest will do, before it is applied anywhere. */
export function registerSimulate(
  registry: ActionsRegistryService,
  api: AgentApi,
): void {
  registry.register({
    name: 'simulate-rollout',
    title: 'Simulate a rollout',
    description:
      'Plays the whole future of Rollout manifests in memory: weights, pods, pauses, analyses, and what an abort costs at each step. Nothing is applied anywhere.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: zod =>
        zod.object({
          manifests: zod
            .string()
            .min(1)
            .max(MOST_TEXT)
            .describe(
              'YAML documents: one or more Rollouts, with the services and analysis templates that belong to them',
            ),
          rollout: zod
            .string()
            .optional()
            .describe('Only the Rollout of this name'),
        }),
      output: zod =>
        zod.object({
          simulations: zod.array(
            zod.object({ name: zod.string(), timeline: zod.string() }),
          ),
        }),
    },
    action: async ({ input: { manifests, rollout }, credentials }) => {
      const client = await api.as(credentials);
      const { simulations } = bodyOf(
        await client.POST('/v1/simulate', {
          body: { files: [{ name: 'manifests', text: manifests }], rollout },
        }),
      );
      return {
        output: {
          simulations: simulations.map(({ name, text }) => ({
            name,
            timeline: text,
          })),
        },
      };
    },
  });
}
