import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ROLLOUT_ACTIONS } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { bodyOf, type AgentApi } from '../AgentApi';
import { addressShape, seenSchema } from '../schemas';

/** One rollout, with the reasons for its state. */
export function registerShowRollout(
  registry: ActionsRegistryService,
  api: AgentApi,
): void {
  registry.register({
    name: 'show-rollout',
    title: 'Show a rollout',
    description:
      'What one rollout does now and why: phase, weights, steps, images, the metrics that decide, problems, and for each action whether the caller may take it, or why not. `seen` is to be handed to the actions that change something.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: zod => zod.object(addressShape(zod)),
      output: zod =>
        zod.object({
          phase: zod.string(),
          sentence: zod.string(),
          next: zod.string().optional(),
          aborted: zod.boolean(),
          entityRefs: zod.array(zod.string()),
          strategy: zod.string(),
          revision: zod.number().optional(),
          images: zod.array(
            zod.object({
              container: zod.string(),
              stable: zod.string().optional(),
              current: zod.string().optional(),
            }),
          ),
          weights: zod.object({
            desired: zod.number(),
            actual: zod.number(),
            max: zod.number(),
          }),
          steps: zod.array(
            zod.object({
              index: zod.number(),
              label: zod.string(),
              state: zod.string(),
              explanation: zod.string(),
            }),
          ),
          metrics: zod.array(
            zod.object({
              name: zod.string(),
              phase: zod.string(),
              condition: zod.string().optional(),
              last: zod.string().optional(),
            }),
          ),
          problems: zod.array(zod.string()),
          actions: zod.array(
            zod.object({
              action: zod.string(),
              label: zod.string(),
              possible: zod.boolean(),
              reason: zod.string().optional(),
              consequences: zod.array(zod.string()),
            }),
          ),
          seen: seenSchema(zod),
        }),
    },
    action: async ({ input, credentials }) => {
      const client = await api.as(credentials);
      const { rollout, access } = bodyOf(
        await client.GET('/v1/rollouts/{cluster}/{namespace}/{name}', {
          params: { path: input },
        }),
      );
      return {
        output: {
          phase: rollout.phase,
          sentence: rollout.sentence,
          next: rollout.next,
          aborted: rollout.aborted,
          entityRefs: rollout.entityRefs,
          strategy: rollout.strategy,
          revision: rollout.revision,
          images: rollout.images,
          weights: {
            desired: rollout.weights.desired,
            actual: rollout.weights.actual,
            max: rollout.weights.max,
          },
          steps: rollout.steps.map(({ index, label, state, explanation }) => ({
            index,
            label,
            state,
            explanation,
          })),
          metrics: rollout.metrics.map(metric => ({
            name: metric.name,
            phase: metric.phase,
            condition: metric.successCondition ?? metric.failureCondition,
            last: metric.last?.value,
          })),
          problems: rollout.problems.map(({ message, remedy }) =>
            [message, remedy].filter(Boolean).join(' '),
          ),
          actions: ROLLOUT_ACTIONS.flatMap(name => {
            const view = rollout.actions.find(({ action }) => action === name);
            const { allowed, reason } = access[name];
            return view
              ? [
                  {
                    action: name,
                    label: view.label,
                    possible: view.applicable && allowed,
                    reason: allowed ? view.reason : reason,
                    consequences: view.consequences,
                  },
                ]
              : [];
          }),
          seen: {
            uid: rollout.uid,
            generation: rollout.generation,
            podHash: rollout.podHash,
            stepIndex: rollout.step?.index,
          },
        },
      };
    },
  });
}
