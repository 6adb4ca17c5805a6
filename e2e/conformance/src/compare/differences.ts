import type { DocumentedDifference } from './compareAspects';

/** A difference that is meant, where it shows, and why. */
export interface Difference extends DocumentedDifference {
  /** What it is about, as docs/differences.md says it. */
  subject: string;
  /** Where it must be seen; in any other scenario it is an error. */
  scenarios: string[] | 'wherever it shows';
}

/** Every known difference that a scenario shows. */
export const DIFFERENCES: Difference[] = [
  {
    subject: 'Events about its own caches and writes',
    reason:
      'that a cache has an object, and that a route was written, is nothing that happens to a rollout',
    scenarios: 'wherever it shows',
    aspect: /^Events of Rollouts$/,
    onlyReference: [
      'Normal RolloutAddedToInformer',
      'Normal Updated VirtualService',
    ],
  },
  {
    subject: 'The deadline of a ReplicaSet that has been scaled down',
    reason:
      'its annotation is taken away when it has done its work; the reference leaves it on the empty ReplicaSet',
    scenarios: 'wherever it shows',
    aspect: /: scale-down scheduled$/,
    onlyReference: ['no'],
    onlyOurs: ['no'],
  },
];

export function differencesOf(scenario: string): Difference[] {
  return DIFFERENCES.filter(
    ({ scenarios }) =>
      scenarios === 'wherever it shows' || scenarios.includes(scenario),
  );
}
