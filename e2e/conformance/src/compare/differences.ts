import type { DocumentedDifference } from './compareAspects';

/** A difference that is meant, where it shows, and why. */
export interface Difference extends DocumentedDifference {
  /** What it is about, as docs/differences.md says it. */
  subject: string;
  /** What the reference does; `reason` says what ours does, and why. */
  reference: string;
  /** Where it must be seen; in any other scenario it is an error. */
  scenarios: string[] | 'wherever it shows';
  /** It shows in generated rollouts, too. */
  generated?: true;
  /** It passes so quickly that it may not be seen. */
  passing?: true;
  /**
   * Where ours stands, at a milestone that it does not reach or at the end: in
   * the words of the failure, or of its last message. Nothing else is compared
   * then.
   */
  standsAt?: RegExp;
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
      'Normal CreatingCanaryIngress',
      'Normal PatchingCanaryIngress',
      'Normal TrafficSplitCreated',
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
    subject: 'an expression, or a limit, that cannot be',
    reference: 'is an error when it is measured, and aborts the update',
    reason: 'is InvalidSpec before anything starts',
    scenarios: ['analysis/bad-expression', 'analysis/unlimited-failures'],
    aspect: /^app: message$/,
    standsAt:
      /app healthy at revision 1; app is Degraded .*: InvalidSpec: .*steps\[1\]\.analysis\.templates: .*metrics\[0\]: (successCondition cannot be read|failureLimit and consecutiveSuccessLimit cannot both be disabled)/,
  },
  {
    subject: 'an update of a first version that never served',
    reference: 'takes the steps: most pods stay broken until somebody promotes',
    reason: 'takes no steps, for nothing healthy is there to be protected',
    scenarios: ['operations/first-version-broken'],
    aspect: /^app: phase$/,
    standsAt: /app paused at step 1; app is Healthy at step 4: /,
  },
  {
    subject: 'an inconclusive analysis in the background',
    reference: 'pauses, but a timed pause still ends and sets the next weight',
    reason: 'holds the rollout at its step until somebody decides',
    scenarios: ['analysis/inconclusive-in-the-background'],
    aspect: /^(app: step|Events of Rollouts)$/,
    onlyReference: ['1', '2', 'Normal RolloutStepCompleted'],
  },
  {
    subject: 'a canary scaled to no pods, and a weight after it',
    reference: 'skips the weight: all traffic moves at once',
    reason: 'has one pod for the weight, and routes it',
    scenarios: ['istio/canary-scale-to-zero'],
    passing: true,
    aspect: /^(VirtualService app|app: weights)$/,
    instead: {
      reference: [],
      ours: [
        /^(http primary → app-stable 50, app-canary 50|canary 50 → r2 by app-canary, stable 50 → r1 by app-stable)$/,
      ],
    },
  },
  {
    subject: 'the condition Healthy while old pods are kept',
    reference: 'is False until the delay is over; the phase is Healthy',
    reason: 'is True, like the phase: they are kept on purpose',
    scenarios: ['istio/two-old-versions'],
    aspect: /^app: conditions at the end$/,
    instead: {
      reference: [
        /, Healthy False RolloutHealthy, Progressing True ReplicaSetUpdated$/,
      ],
      ours: [
        /, Healthy True RolloutHealthy, Progressing True NewReplicaSetAvailable$/,
      ],
    },
  },
  {
    subject: '`minPodsPerReplicaSet` above `replicas`',
    reference:
      'has more pods than the rollout is to have, and is never Healthy by condition',
    reason: 'has as many pods as the rollout is to have',
    scenarios: ['istio/minimum-above-replicas'],
    aspect:
      /^(At rest: .*|r[12]: replicas \w+|app: (conditions|pods counted) at the end)$/,
    onlyReference: [
      '2',
      '3',
      /^r[12]: replicas \w+ [23]$/,
      /^replicas 3, updatedReplicas 3,/,
      /RolloutCompleted, Paused False .*, Progressing True ReplicaSetUpdated$/,
    ],
    onlyOurs: [
      '2',
      /^r[12]: replicas \w+ 2$/,
      /^replicas 2, updatedReplicas 2,/,
      /, Healthy True RolloutHealthy, .*, Progressing True NewReplicaSetAvailable$/,
    ],
  },
  {
    subject:
      'stable under `dynamicStableScale`, at a weight of 100 and below again',
    reference: 'has no pods, and gets its share when all of them are back',
    reason:
      'keeps a pod while a service selects it, and gets the share that its ready pods can serve',
    scenarios: [
      'istio/dynamic-stable-scale-at-100',
      'istio/dynamic-stable-scale-back',
    ],
    aspect:
      /^(At rest: 2\. .*|r1: replicas \w+|VirtualService app|app: weights)$/,
    onlyReference: ['0', /^r1: replicas \w+ 0$/],
    onlyOurs: [
      '0',
      '1',
      /^r1: replicas \w+ 1$/,
      /→ app-stable (25|50), app-canary (75|50)$/,
      /^canary (75|50) → r2 by app-canary, stable (25|50) → r1 by app-stable$/,
    ],
  },
  {
    subject: 'an inconclusive experiment of a step',
    reference: 'is deleted and run again, again and again, while it is paused',
    reason: 'waits for a person',
    scenarios: ['experiments/inconclusive-analysis'],
    aspect:
      /^(Experiment <step experiment of revision 2>: .*|<step experiment of revision 2>-\w+: replicas \w+)$/,
    onlyReference: [
      '',
      '0',
      /^(deleted|Pending|Progressing|Running|Successful)$/,
    ],
  },
  {
    subject: 'analysis in the background of an update that is retried',
    reference: 'does not run any more when the first step is a pause',
    reason: 'runs anew',
    scenarios: ['analysis/background-retried'],
    generated: true,
    aspect: /^AnalysisRun <Background run of revision \d> #2: /,
    onlyOurs: ['Running', 'Successful'],
  },
  {
    subject: 'a new template while paused, when the first step is a pause',
    reference: 'is not paused for a moment, then paused again',
    reason: 'goes from the one pause to the other in one write',
    scenarios: [],
    generated: true,
    aspect: /^app: pause reasons$/,
    instead: {
      reference: ['CanaryPauseStep', 'none', 'CanaryPauseStep'],
      ours: ['CanaryPauseStep'],
    },
  },
  {
    subject: 'the idle service of ping and pong',
    reference: 'selects the old version, which has no pods any more',
    reason: 'selects stable once the old pods are gone',
    scenarios: ['istio/ping-pong'],
    aspect: /^Service app-p[io]ng: selects$/,
    instead: { reference: [], ours: [/^r[23]$/] },
  },
  {
    subject: 'the status of an analysis that ended with its experiment',
    reference: 'stays Running in the experiment',
    reason: 'says how the run came out',
    scenarios: ['experiments/successful-analysis-meanwhile'],
    aspect: /^Experiment .*: analysis check$/,
    instead: { reference: ['Running'], ours: ['Successful'] },
  },
  {
    subject: 'the event that steps are skipped',
    reference: 'comes when steps are changed in a rollout at rest',
    reason: 'comes when a rollback skips steps',
    scenarios: ['invalid/while-it-serves'],
    aspect: /^Events of Rollouts$/,
    onlyReference: ['Normal SkipSteps'],
  },
  {
    subject: 'a rollout without a pod template',
    reference: 'is InvalidSpec of its labels',
    reason: 'is InvalidSpec of the template',
    scenarios: ['invalid/no-template'],
    aspect: /^app: (phase|message)$/,
    instead: {
      reference: [/InvalidSpec: .* spec\.template\.metadata\.labels: /],
      ours: [/InvalidSpec: .* spec\.template: Required value: /],
    },
  },
  {
    subject: 'a selector with an operator that there is not',
    reference: 'is passed over: no pods, no status, no word',
    reason: 'is InvalidSpec',
    scenarios: ['invalid/bad-selector'],
    aspect: /^app: message$/,
    standsAt:
      /^Degraded: InvalidSpec: .* spec\.selector\.matchExpressions\[0\]\.operator: /,
  },
  {
    subject: 'the stable service of a rollout without pods',
    reference: 'still selects the old version when the new one is stable',
    reason: 'selects what is stable',
    scenarios: ['operations/scale-to-zero-when-routed'],
    aspect: /^Service app-stable: selects$/,
    instead: { reference: [], ours: ['r2'] },
  },
  {
    subject: 'promote of a rollout that a person paused at a pause step',
    reference: 'resumes it, and it stands at the same pause again',
    reason: 'resumes it and goes on to the next step',
    scenarios: ['operations/pause-at-pause'],
    aspect:
      /^(At rest: the end|app: step|app: pods counted at the end|r[12]: replicas \w+)$/,
    onlyReference: [
      '3',
      /^r1: replicas \w+ 3$/,
      /^r2: replicas \w+ 1$/,
      /updatedReplicas 1,/,
    ],
    onlyOurs: ['2', '3', /^r[12]: replicas \w+ 2$/, /updatedReplicas 2,/],
  },
  {
    subject: 'a blue-green update that is retried soon after its abort',
    reference:
      'is promoted without pause and analysis, also after a failed one',
    reason: 'starts over, with its pause and its analysis',
    scenarios: ['blue-green/retry-soon-after-a-failed-analysis'],
    aspect: /^app: message$/,
    standsAt:
      /^Degraded: RolloutAborted: .* Blue\/green pre-promotion analysis phase error\/failed: Metric "errors" assessed Failed /,
  },
  {
    subject: 'blue-green with `scaleDownDelaySeconds: 0`',
    reference: 'keeps the old pods for ever',
    reason: 'lets them go at once',
    scenarios: ['blue-green/old-pods-not-kept'],
    aspect:
      /^(r1: replicas (available|wanted)|At rest: .*|app: pods counted at the end)$/,
    onlyReference: [/^r1: replicas \w+ 2$/, /^replicas 4, updatedReplicas 2,/],
    onlyOurs: [
      '0',
      /^r1: replicas \w+ [02]$/,
      /^replicas 2, updatedReplicas 2,/,
    ],
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
    aspect:
      /^(VirtualService app|TrafficSplit app|Ingress app-app-canary|app: weights)$/,
    onlyOurs: [
      /→ app-stable 0, app-canary 100$/,
      /"app-canary","weight":"100"/,
      /\/canary-weight":"100"/,
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
    generated: true,
    scenarios: [
      'istio/new-template-then-newer',
      'managed-routes/new-template',
      'new-template/in-analysis',
      'new-template/in-experiment',
      'new-template/in-pause',
      'new-template/in-set-header-route',
      'new-template/in-set-mirror-route',
      'new-template/in-timed-pause',
    ],
    aspect: /^(Service app-canary: selects|r2: scale-down scheduled)$/,
    onlyOurs: ['yes', 'no'],
    instead: { reference: ['r2', 'r3'], ours: ['r2', 'r1', 'r3'] },
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
    generated: true,
    scenarios: [
      'aborted/in-set-canary-scale',
      'aborted/in-set-weight',
      'analysis/background-retried',
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
    passing: true,
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
    reference: 'is taken for another one, or for none',
    reason: 'is InvalidSpec',
    scenarios: [
      'invalid/bad-quantity',
      'invalid/canary-scale-of-no-kind',
      'invalid/surge-is-no-percentage',
    ],
    aspect: /^app: message$/,
    standsAt:
      /^Degraded: InvalidSpec: .* spec\.(template\.spec\.containers\[0\]\.resources\.requests\.cpu|strategy\.canary\.(steps\[0\]\.setCanaryScale|maxSurge)): /,
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

/** Those that may show in a scenario; in a generated one, those that can be generated. */
export function differencesOf(
  scenario: string,
  isGenerated = false,
): Difference[] {
  return DIFFERENCES.filter(
    ({ scenarios, generated }) =>
      scenarios === 'wherever it shows' ||
      scenarios.includes(scenario) ||
      (isGenerated && generated),
  );
}
