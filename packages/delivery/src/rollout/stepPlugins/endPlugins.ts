import type { StepPluginStatus } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutContext } from '../context';
import { callPlugin } from './callPlugin';
import { findStatus, statusesOf } from './statuses';

/** The step is still there, and still of this plugin. */
function isThere(
  { rollout }: RolloutContext,
  { index, name }: StepPluginStatus,
) {
  const step = rollout.spec.strategy?.canary?.steps?.[index];
  return step?.plugin?.name === name;
}

function isWaitedFor(status: StepPluginStatus | undefined): boolean {
  return status !== undefined && !status.finishedAt;
}

/**
 * After an abort, what the plugins of the steps did is taken back, the last
 * one first, each once; one that is at work is called as well.
 */
export function abortPlugins(context: RolloutContext): void {
  const { status } = context.draft;
  for (const run of statusesOf(status).toReversed()) {
    const { index, operation, phase, disabled } = run;
    if (operation !== 'Run' || disabled || !isThere(context, run)) continue;
    if (phase !== 'Running' && phase !== 'Successful') continue;
    const noted = findStatus(status, index, 'Abort');
    if (noted && !isWaitedFor(noted)) continue;
    callPlugin(context, index, 'Abort', run.status);
    // The one before it follows when this one is over.
    return;
  }
}

/** After a full promotion, the plugin that is still at work is told to end. */
export function terminatePlugins(context: RolloutContext): void {
  const { status } = context.draft;
  const run = statusesOf(status).findLast(
    ({ operation, phase, disabled }) =>
      operation === 'Run' && phase === 'Running' && !disabled,
  );
  if (!run || !isThere(context, run)) return;
  const noted = findStatus(status, run.index, 'Terminate');
  if (noted && !isWaitedFor(noted)) return;
  callPlugin(context, run.index, 'Terminate', run.status);
}
