import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { InputError } from '@backstage/errors';
import {
  AssumptionError,
  InvalidRolloutError,
  ManifestError,
  assumeMissing,
  readObjects,
  simulateRollout,
  sortObjects,
  timelineText,
} from '@progressive-delivery/delivery';

const MOST_TEXT = 200_000;
const MOST_ROLLOUTS = 10;

/** What a manifest will do, before it is applied anywhere. */
export function registerSimulate(registry: ActionsRegistryService): void {
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
    action: async ({ input }) => {
      try {
        const manifests = sortObjects(
          readObjects('manifests', input.manifests),
        );
        const meant = manifests.rollouts.filter(
          ({ metadata }) =>
            input.rollout === undefined || metadata.name === input.rollout,
        );
        if (meant.length === 0 || meant.length > MOST_ROLLOUTS) {
          throw new InputError(
            meant.length === 0
              ? 'There is no such Rollout among the manifests.'
              : `There are ${meant.length} Rollouts; ask for at most ${MOST_ROLLOUTS}, or for one by its name.`,
          );
        }
        return {
          output: {
            simulations: meant.map(rollout => ({
              name: rollout.metadata.name,
              timeline: timelineText(
                simulateRollout(assumeMissing(rollout, manifests), {}),
              ),
            })),
          },
        };
      } catch (error) {
        throw error instanceof ManifestError ||
          error instanceof InvalidRolloutError ||
          error instanceof AssumptionError
          ? new InputError(error.message, error)
          : error;
      }
    },
  });
}
