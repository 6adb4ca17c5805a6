import {
  managedBy,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** What a change of the template will come to when a tool owns it. */
export function gitOpsWarnings(rollout: Rollout): string[] {
  const manager = managedBy(rollout);
  if (!manager) {
    return [];
  }
  return manager.tool === 'Helm'
    ? [
        `Helm release ${manager.name} manages this rollout: its next upgrade will overwrite this change. Change the release's values as well.`,
      ]
    : [
        `${manager.tool} (${manager.name}) manages this rollout and will revert this change. Make the change in Git instead, or there as well.`,
      ];
}
