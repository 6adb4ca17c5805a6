import type { DocumentedDifference } from './compareAspects';

/** A difference that is meant, where it shows, and why. */
export interface Difference extends DocumentedDifference {
  /** What it is about, as docs/differences.md says it. */
  subject: string;
  /** What the reference does; `reason` says what ours does, and why. */
  reference: string;
  /** Where it must be seen; in any other scenario it is an error. */
  scenarios: string[] | 'wherever it shows';
}

/** Every known difference that a scenario shows. */
export const DIFFERENCES: Difference[] = [
  {
    subject: 'events about its own work',
    reference: 'says when a cache has an object, and each write of a route',
    reason: 'says what happens to the rollout',
    scenarios: 'wherever it shows',
    aspect: /^Events of Rollouts$/,
    onlyReference: [
      'Normal RolloutAddedToInformer',
      'Normal Updated VirtualService',
    ],
  },
  {
    subject:
      'the deadline annotation of a ReplicaSet that has been scaled down',
    reference: 'stays on the empty ReplicaSet after an abort',
    reason: 'is taken away when it has done its work',
    scenarios: 'wherever it shows',
    aspect: /: scale-down scheduled$/,
    onlyReference: ['no'],
    onlyOurs: ['no'],
  },
  {
    subject: 'the preview service after an abort',
    reference: 'stays on a ReplicaSet that has no pods any more',
    reason: 'moves to stable before the aborted pods go',
    scenarios: 'wherever it shows',
    aspect: /^(Service app-preview: selects|app: preview)$/,
    onlyReference: ['r1'],
    onlyOurs: ['r1'],
  },
  {
    subject: 'a missed progress deadline',
    reference: 'is in the conditions only',
    reason: 'is an event, too',
    scenarios: 'wherever it shows',
    aspect: /^Events of Rollouts$/,
    onlyOurs: ['Warning ProgressDeadlineExceeded'],
  },
  {
    subject: 'the event that a rollout is resumed',
    reference: 'comes now and then when a person promotes',
    reason: 'comes each time',
    scenarios: 'wherever it shows',
    aspect: /^Events of Rollouts$/,
    onlyReference: ['Normal RolloutResumed'],
    onlyOurs: ['Normal RolloutResumed'],
  },
  {
    subject: 'the event that an update is not completed',
    reference: 'comes for some first versions, and not for others',
    reason: 'comes for an update only',
    scenarios: 'wherever it shows',
    aspect: /^Events of Rollouts$/,
    onlyReference: ['Normal RolloutNotCompleted'],
    onlyOurs: ['Normal RolloutNotCompleted'],
  },
  {
    subject: 'an invalid spec',
    reference: 'is in the conditions only',
    reason: 'is an event, too',
    scenarios: 'wherever it shows',
    aspect: /^Events of Rollouts$/,
    onlyOurs: ['Warning InvalidSpec'],
  },
  {
    subject: 'a blue-green update that is retried soon after its abort',
    reference:
      'is promoted without pause and analysis, also after a failed one',
    reason: 'starts over, with its pause and its analysis',
    scenarios: ['blue-green/retry-soon-after-a-failed-analysis'],
    aspect:
      /^(app: (active|stable|phase|message|pause reasons|conditions at the end|pods counted at the end)|Service app-active: selects|r[12]: .*|At rest: .*|Events of .*|AnalysisRun .*)$/,
    onlyReference: [/./],
    onlyOurs: [/./],
  },
  {
    subject: 'blue-green with `scaleDownDelaySeconds: 0`',
    reference: 'keeps the old pods for ever',
    reason: 'lets them go at once',
    scenarios: ['blue-green/old-pods-not-kept'],
    aspect:
      /^(r1: replicas (available|wanted)|At rest: .*|app: pods counted at the end)$/,
    onlyReference: [/./],
    onlyOurs: [/./],
  },
  {
    subject: 'events that an analysis is pending, runs or was successful',
    reference: 'come now and then, of an experiment as Warning',
    reason: 'come each time, as Normal',
    scenarios: 'wherever it shows',
    aspect: /^Events of (Rollouts|Experiments)$/,
    onlyReference: [
      /^(Normal|Warning) AnalysisRun(Pending|Running|Successful)$/,
    ],
    onlyOurs: [/^Normal AnalysisRun(Pending|Running|Successful)$/],
  },
  {
    subject: 'the event that a rollout was deleted',
    reference: 'comes when it is gone',
    reason: 'does not come: there is nothing any more that it could be about',
    scenarios: 'wherever it shows',
    aspect: /^Events of Rollouts$/,
    onlyReference: ['Normal RolloutDeleted'],
  },
  {
    subject: 'the last shift of traffic, where no step makes it',
    reference: 'is the switch of the stable service',
    reason:
      'goes to the new pods by weight, then the stable service is switched and moves nobody',
    scenarios: 'wherever it shows',
    aspect: /^(VirtualService app|app: weights)$/,
    onlyOurs: [
      /→ app-stable 0, app-canary 100$/,
      /^canary 100 → r\d by app-canary, stable 0 → r\d by app-stable$/,
    ],
  },
  {
    subject: '`ttlStrategy` of a finished analysis run',
    reference: 'is looked at when something else happens to the run',
    reason: 'deletes the run when its time is over',
    scenarios: ['runs/kept-for-seconds'],
    aspect: /^AnalysisRun alone: phase$/,
    onlyOurs: ['deleted'],
  },
  {
    subject: 'a condition that fails on what was measured',
    reference: 'says what its expression library says',
    reason: 'says the same in words of this project',
    scenarios: ['analysis/prometheus-no-series', 'analysis/wrong-type'],
    aspect: /^(AnalysisRun .*: message|app: (phase|message))$/,
    onlyReference: [/Error Message: (reflect: slice|type float64)/],
    onlyOurs: [/Error Message: /],
  },
  {
    subject: 'a canary that a newer one supersedes',
    reference: 'keeps its traffic until the newer one takes it',
    reason: 'loses its traffic to stable, then its pods',
    scenarios: [
      'istio/new-template-then-newer',
      'managed-routes/new-template',
      'new-template/in-experiment',
      'new-template/in-pause',
      'new-template/in-timed-pause',
    ],
    aspect: /^(Service app-canary: selects|r2: scale-down scheduled)$/,
    onlyReference: ['r1'],
    onlyOurs: ['r1', 'yes', 'no'],
  },
  {
    subject: 'the weight when steps are changed in flight',
    reference: 'goes to 0, then to the one of the new step',
    reason: 'goes from the one to the other',
    scenarios: ['istio/steps-changed-in-flight'],
    aspect: /^(VirtualService app|app: weights)$/,
    onlyReference: [/→ app-stable 100, app-canary 0$/, /^canary 0 → r2/],
    onlyOurs: [/→ app-stable 100, app-canary 0$/, /^canary 0 → r2/],
  },
  {
    subject: '`abortScaleDownDelaySeconds: 0` of a canary',
    reference: 'scales it down at once',
    reason: 'keeps it, as the documentation of the field says',
    scenarios: ['istio/abort-keeps-canary'],
    aspect: /^(At rest: .*|r2: replicas .*|app: pods counted at the end)$/,
    onlyReference: ['0', /^r2: replicas .* 0$/, /updatedReplicas 0/],
    onlyOurs: ['0', /^r2: replicas .* 2$/, /updatedReplicas 2/],
  },
  {
    subject: 'why a Job failed',
    reference: 'is not told',
    reason: 'is in the message of the run, and of the rollout',
    scenarios: ['jobs/failing'],
    aspect: /^(AnalysisRun .*: message|app: (phase|message))$/,
    onlyReference: [/failed \(1\) > failureLimit \(0\)$/],
    onlyOurs: [/Job has reached the specified backoff limit/],
  },
  {
    subject: 'the event that a weight was set',
    reference: 'comes, too, when the weight is 0 as it was',
    reason: 'comes when the weight changes',
    scenarios: [
      'aborted/in-set-canary-scale',
      'aborted/in-set-weight',
      'failures/broken-promoted-in-full',
      'failures/routed-canary-aborted',
      'failures/routed-canary-cannot-be-pulled',
      'invalid/canary-scale-of-two-kinds',
      'operations/deadline-missed',
      'operations/deadline-that-aborts',
      'rolled-back/in-set-canary-scale',
      'rolled-back/in-set-weight',
    ],
    aspect: /^Events of Rollouts$/,
    onlyReference: ['Normal TrafficWeightUpdated'],
  },
  {
    subject: 'an abort by the progress deadline',
    reference: 'no longer says why',
    reason: 'keeps the reason in its message',
    scenarios: ['operations/deadline-that-aborts'],
    aspect: /^app: (phase|message)$/,
    onlyReference: [
      /^Degraded: ProgressDeadlineExceeded: /,
      'Degraded: RolloutAborted: Rollout aborted update to revision 2',
    ],
    onlyOurs: [
      /^Degraded: RolloutAborted: .*: ReplicaSet "app-r2" has timed out progressing$/,
    ],
  },
  {
    subject: 'a new template under `spec.paused`',
    reference: 'becomes a ReplicaSet, of blue-green one with pods',
    reason: 'becomes one when the rollout goes on',
    scenarios: [
      'blue-green/paused-by-hand',
      'operations/created-paused',
      'operations/pause-and-resume',
    ],
    aspect: /^At rest: \d+\. app paused$/,
    onlyReference: [/^r1: replicas \w+ 0$/, /^r2: replicas \w+ [02]$/],
  },
  {
    subject: 'from canary to blue-green',
    reference: 'leads the active service to the new version when that is ready',
    reason: 'leads it to stable first, so that it never selects both',
    scenarios: [
      'operations/from-canary-to-blue-green',
      'operations/from-canary-to-blue-green-in-flight',
    ],
    aspect: /^(Service app-active: selects|app: active)$/,
    onlyOurs: ['r1'],
  },
  {
    subject: 'header and mirror routes set before the canary has pods',
    reference: 'are lost when the next step sets a weight',
    reason: 'are there as soon as the canary has pods',
    scenarios: ['managed-routes/both', 'managed-routes/promote-full'],
    aspect: /^VirtualService app$/,
    onlyReference: [
      /^http (by-header|mirror) if /,
      'http primary → app-stable 80, app-canary 20',
      'http primary → app-stable 0, app-canary 100',
    ],
    onlyOurs: [
      /^http (by-header|mirror) if /,
      'http primary → app-stable 80, app-canary 20',
      'http primary → app-stable 0, app-canary 100',
    ],
  },
  {
    subject: '90 % of five pods without surge',
    reference: 'goes back to old pods only, and is Paused at that step',
    reason: 'has four new pods and one old one',
    scenarios: ['canary/rounding-without-surge'],
    aspect: /^(At rest: 4\. app paused at step 5|r[12]: replicas \w+)$/,
    onlyReference: [/^r1: replicas \w+ 5$/, /^r2: replicas \w+ 0$/, /^[0-5]$/],
    onlyOurs: [/^r1: replicas \w+ 1$/, /^r2: replicas \w+ 4$/, /^[0-5]$/],
  },
  {
    subject: 'a surge, a quantity or a canary scale that means nothing',
    reference: 'is taken for another one',
    reason: 'is InvalidSpec, or is refused by the cluster and said so',
    scenarios: [
      'invalid/canary-scale-of-no-kind',
      'invalid/surge-is-no-percentage',
    ],
    aspect: /./,
    onlyReference: [/./],
    onlyOurs: [/InvalidSpec/, 'every version', /^replicas 0/],
  },
  {
    subject: 'an argument from a secret that is not there',
    reference: 'ends the run at once',
    reason: 'is an error of that measurement, which is tried again',
    scenarios: ['templates/missing-secret'],
    aspect: /^(AnalysisRun .*|Events of AnalysisRuns|app: (phase|message))$/,
    onlyReference: [/secrets "missing" not found$/, 'Error'],
    onlyOurs: [
      /"Error Message: secret "missing" not found in namespace /,
      /^(Running|Error|error 5|Warning MetricError)$/,
    ],
  },
  {
    subject: 'an HTTP route that its VirtualService lacks',
    reference: 'is InvalidSpec of the name of the VirtualService',
    reason: 'is InvalidSpec of the route',
    scenarios: ['invalid/missing-route'],
    aspect: /^app: (phase|message)$/,
    onlyReference: [/InvalidSpec: .*virtualService\.name: /],
    onlyOurs: [/InvalidSpec: .*virtualService\.routes\[0\]: /],
  },
  {
    subject: 'the event that a ReplicaSet was created',
    reference: 'does not come for the first one beside a Deployment',
    reason: 'comes each time',
    scenarios: [
      'workload-ref/deployment-never',
      'workload-ref/deployment-onsuccess',
      'workload-ref/deployment-progressively',
      'workload-ref/deployment-replicas-changed',
    ],
    aspect: /^Events of Rollouts$/,
    onlyOurs: ['Normal NewReplicaSetCreated'],
  },
];

export function differencesOf(scenario: string): Difference[] {
  return DIFFERENCES.filter(
    ({ scenarios }) =>
      scenarios === 'wherever it shows' || scenarios.includes(scenario),
  );
}
