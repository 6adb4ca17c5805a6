import type { z } from 'zod/v3';

type Zod = typeof z;

/** Where a rollout is. */
export const addressShape = (zod: Zod) => ({
  cluster: zod.string().max(253).describe('The name of the cluster'),
  namespace: zod.string().max(63).describe('The namespace in the cluster'),
  name: zod.string().max(253).describe('The name of the Rollout'),
});

/** What the rollout was when somebody decided: from `show-rollout`. */
export const seenSchema = (zod: Zod) =>
  zod
    .object({
      uid: zod.string(),
      generation: zod.number().int(),
      podHash: zod.string().optional(),
      stepIndex: zod.number().int().optional(),
    })
    .describe(
      '`seen` as show-rollout or list-what-waits-for-me gave it: refused if the rollout has moved on since',
    );

/** What became of an action. */
export const resultSchema = (zod: Zod) =>
  zod.object({
    id: zod.string(),
    outcome: zod.enum(['applied', 'sent', 'unchanged', 'dry-run']),
    message: zod.string(),
    consequences: zod.array(zod.string()),
    warnings: zod.array(zod.string()),
  });
