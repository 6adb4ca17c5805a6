import type {
  RolloutStatus,
  StepPluginStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

type Operation = StepPluginStatus['operation'];

/** What is noted about step plugins, in the order in which they were called. */
export function statusesOf(status: RolloutStatus): StepPluginStatus[] {
  return status.canary?.stepPluginStatuses ?? [];
}

export function findStatus(
  status: RolloutStatus,
  index: number,
  operation: Operation,
): StepPluginStatus | undefined {
  return statusesOf(status).find(
    each => each.index === index && each.operation === operation,
  );
}

/** Notes it in place of what was noted about the same operation. */
export function putStatus(status: RolloutStatus, next: StepPluginStatus): void {
  const all = statusesOf(status);
  const at = all.findIndex(
    each => each.index === next.index && each.operation === next.operation,
  );
  status.canary = {
    ...status.canary,
    stepPluginStatuses: at < 0 ? [...all, next] : all.with(at, next),
  };
}

/** Another attempt, or another update: what was noted is about neither. */
export function forgetStepPlugins(status: RolloutStatus): void {
  if (!status.canary?.stepPluginStatuses) return;
  status.canary = { ...status.canary, stepPluginStatuses: undefined };
}
