import type { DocumentedDifference } from '../compare/compareAspects';

/** Where ours shows something else on purpose, and why. */
export const DEMO_DIFFERENCES: DocumentedDifference[] = [
  {
    aspect: /^reasons of events of Rollout$/,
    reason:
      'Events about its own caches and about each write to a route are the reference’s alone; RolloutResumed it drops here, as it may send 25 events of one object and then one in five minutes',
    onlyReference: [
      'Normal RolloutAddedToInformer',
      'Normal Updated VirtualService',
    ],
    onlyOurs: ['Normal RolloutResumed'],
  },
];
