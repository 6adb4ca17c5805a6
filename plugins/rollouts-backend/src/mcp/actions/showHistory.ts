import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { RELEASE_OUTCOMES } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { bodyOf, type AgentApi } from '../AgentApi';

/** The releases of an entity, newest first. */
export function registerShowHistory(
  registry: ActionsRegistryService,
  api: AgentApi,
): void {
  registry.register({
    name: 'list-releases',
    title: 'List the releases of an entity',
    description:
      'The history of a catalog entity’s rollouts, newest first: which versions came, how they ended, who or what stopped them and why.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: zod =>
        zod.object({
          entity: zod
            .string()
            .max(512)
            .describe('An entity reference, such as component:default/colors'),
          outcome: zod.array(zod.enum(RELEASE_OUTCOMES)).optional(),
          from: zod.string().optional().describe('RFC 3339'),
          to: zod.string().optional().describe('RFC 3339'),
          limit: zod.number().int().min(1).max(50).default(10),
        }),
      output: zod =>
        zod.object({
          releases: zod.array(
            zod.object({
              id: zod.string(),
              cluster: zod.string(),
              namespace: zod.string(),
              name: zod.string(),
              revision: zod.number().optional(),
              images: zod.array(
                zod.object({
                  container: zod.string(),
                  from: zod.string().optional(),
                  to: zod.string(),
                }),
              ),
              outcome: zod.enum(RELEASE_OUTCOMES),
              cause: zod.string().optional(),
              reason: zod.string().optional(),
              startedAt: zod.string().optional(),
              endedAt: zod.string().optional(),
              startedBy: zod.string().optional(),
              endedBy: zod.string().optional(),
            }),
          ),
          more: zod.boolean(),
        }),
    },
    action: async ({ input, credentials }) => {
      const client = await api.as(credentials);
      const page = bodyOf(
        await client.GET('/v1/history/releases', { params: { query: input } }),
      );
      return {
        output: {
          releases: page.items.map(release => ({
            id: release.id,
            ...release.ref,
            revision: release.revision,
            images: release.images,
            outcome: release.outcome,
            cause: release.cause,
            reason: release.reason,
            startedAt: release.startedAt,
            endedAt: release.endedAt,
            startedBy: release.startedBy,
            endedBy: release.endedBy,
          })),
          more: page.nextCursor !== undefined,
        },
      };
    },
  });
}
