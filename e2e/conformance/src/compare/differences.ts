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
    subject: 'the event that an analysis runs',
    reference: 'comes now and then',
    reason: 'comes each time',
    scenarios: 'wherever it shows',
    aspect: /^Events of Rollouts$/,
    onlyReference: ['Normal AnalysisRunRunning'],
    onlyOurs: ['Normal AnalysisRunRunning'],
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
];

export function differencesOf(scenario: string): Difference[] {
  return DIFFERENCES.filter(
    ({ scenarios }) =>
      scenarios === 'wherever it shows' || scenarios.includes(scenario),
  );
}
