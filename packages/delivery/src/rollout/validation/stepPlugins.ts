import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { StepPluginInfo } from '../../stepPlugins/stepPluginCall';
import type { Problem } from './problem';

/** Steps of plugins that this controller does not have. */
export function validateStepPlugins(
  rollout: Rollout,
  plugins: readonly StepPluginInfo[],
): Problem[] {
  const steps = rollout.spec.strategy?.canary?.steps ?? [];
  return steps.flatMap(({ plugin }, i): Problem[] =>
    !plugin ||
    plugin.disabled ||
    plugins.some(({ name }) => name === plugin.name)
      ? []
      : [
          {
            field: `spec.strategy.canary.steps[${i}].plugin.name`,
            kind: 'Unsupported',
            value: plugin.name,
            detail: `no step plugin of this name is registered${plugins.length ? `; there are ${plugins.map(({ name }) => name).join(', ')}` : ''}: register its module, or let Argo Rollouts act on this cluster`,
          },
        ],
  );
}
