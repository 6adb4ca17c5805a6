import { z } from 'zod/v4';
import { parseLabelSelector } from '../entities/labelSelector';
import { readEntityRef } from '../entities/readEntityRef';
import type { RolloutSelector } from './RolloutSelector';

const text = z.string().trim().min(1);
const oneOrMore = z
  .union([text, z.array(text).min(1)])
  .transform(value => (typeof value === 'string' ? [value] : value));

/** Refs of one kind unless they say another: `palette` is `group:default/palette`. */
export function entityRefsSchema(defaultKind: string) {
  return oneOrMore.transform((list, context) =>
    list.map(ref => {
      try {
        return readEntityRef(ref, defaultKind);
      } catch (error) {
        context.addIssue({
          code: 'custom',
          message: error instanceof Error ? error.message : String(error),
        });
        return z.NEVER;
      }
    }),
  );
}

const labels = text.superRefine((value, context) => {
  try {
    parseLabelSelector(value);
  } catch (error) {
    context.addIssue({
      code: 'custom',
      message: error instanceof Error ? error.message : String(error),
    });
  }
});

/** Entities by ref, owner, system, type or lifecycle. */
export const entitySelectorSchema = z
  .strictObject({
    ref: entityRefsSchema('component').optional(),
    owner: entityRefsSchema('group').optional(),
    system: entityRefsSchema('system').optional(),
    type: oneOrMore.optional(),
    lifecycle: oneOrMore.optional(),
    labels: labels.optional(),
  })
  .transform(({ ref, owner, system, type, lifecycle, ...rest }) => ({
    ...rest,
    refs: ref,
    owners: owner,
    systems: system,
    types: type,
    lifecycles: lifecycle,
  }));

/**
 * A scope as people write it: each key takes one value or a list. A key that
 * is not known is refused, because a scope with a typing error would be wider
 * than it was meant.
 */
export const selectorSchema = z
  .strictObject({
    cluster: oneOrMore.optional(),
    namespace: oneOrMore.optional(),
    tier: oneOrMore.optional(),
    labels: labels.optional(),
    entity: entitySelectorSchema.optional(),
  })
  .transform(({ cluster, namespace, tier, ...rest }): RolloutSelector => ({
    clusters: cluster,
    namespaces: namespace,
    tiers: tier,
    ...rest,
  }));
