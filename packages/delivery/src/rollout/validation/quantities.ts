import type { PodTemplateSpec } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Problem } from './problem';

/** Source: Kubernetes, `resource.Quantity`. */
const QUANTITY =
  /^[+-]?(\d+\.?\d*|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;

interface WithResources {
  resources?: Partial<
    Record<'limits' | 'requests', Record<string, unknown> | null>
  >;
}

/**
 * Amounts that are no quantities. The API server takes them in a Rollout, of
 * whose pods it knows nothing, and refuses the ReplicaSet.
 */
export function validateQuantities({ spec }: PodTemplateSpec): Problem[] {
  return (['initContainers', 'containers'] as const).flatMap(role =>
    ((spec?.[role] ?? []) as WithResources[]).flatMap(({ resources }, i) =>
      (['limits', 'requests'] as const).flatMap(what =>
        Object.entries(resources?.[what] ?? {}).flatMap(
          ([name, amount]): Problem[] =>
            QUANTITY.test(String(amount))
              ? []
              : [
                  {
                    field: `spec.template.spec.${role}[${i}].resources.${what}.${name}`,
                    kind: 'Invalid value',
                    value: amount,
                    detail: 'is no quantity, such as 500m, 2 or 1Gi',
                  },
                ],
        ),
      ),
    ),
  );
}
