import type { StepPluginStatus } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutContext } from '../context';
import { formatTime } from '../time';
import { findStatus, putStatus } from './statuses';

/**
 * Plans a call of the plugin of a step, and notes first that it is being made:
 * then it is known of after a crash, and can be taken back on an abort.
 *
 * @param status - what the plugin gave before
 */
export function callPlugin(
  { draft, rollout, current, now }: RolloutContext,
  index: number,
  operation: StepPluginStatus['operation'],
  status?: unknown,
): void {
  const plugin = rollout.spec.strategy?.canary?.steps?.[index]?.plugin;
  if (!plugin) return;
  const { name, config } = plugin;
  const noted = findStatus(draft.status, index, operation);
  const startedAt = noted?.startedAt ?? formatTime(now);
  if (!noted) {
    putStatus(draft.status, {
      index,
      name,
      operation,
      phase: 'Running',
      startedAt,
    });
  }
  draft.callPlugin({
    index,
    name,
    operation,
    config,
    status,
    podHash: current.hash,
    startedAt,
  });
}
