import type { Difference } from '../difference';

/** How an update goes on, is held, retried, aborted or superseded. */
export const UPDATE_DIFFERENCES: Difference[] = [
  {
    subject: 'a missed progress deadline',
    reference: 'is in the conditions only',
    reason: 'is an event, too',
    scenarios: 'wherever it shows',
    aspect: /^Events of Rollouts$/,
    onlyOurs: ['Warning ProgressDeadlineExceeded'],
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
    subject: 'promote of a rollout that a person paused at a pause step',
    reference:
      'is resumed at the same pause again, if it was seen between the two writes',
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
    subject: 'a canary that a newer one supersedes',
    reference: 'keeps its traffic until the newer one takes it',
    reason: 'loses its traffic to stable, then its pods',
    generated: true,
    scenarios: [
      'istio/dynamic-stable-scale-superseded',
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
    subject:
      'pods of a canary that a newer one supersedes, under `dynamicStableScale`',
    reference: 'stay until the newer one takes their place',
    reason: 'go with its traffic, as stable has all of its own again',
    generated: true,
    scenarios: ['istio/dynamic-stable-scale-superseded'],
    aspect:
      /^(At rest: \d+\. app paused, healthy or degraded at revision 3|r1: replicas wanted)$/,
    onlyReference: [/^r2: replicas (available|wanted) [1-9]\d*$/],
    onlyOurs: [/^r2: replicas (available|wanted) 0$/],
    instead: { reference: ['3'], ours: ['3', '4', '3'] },
  },
  {
    subject:
      'the weight of a canary that a newer one supersedes, under `dynamicStableScale`',
    reference: 'stays until the newer one takes it',
    reason: 'goes to stable first, where `maxUnavailable` allows it',
    generated: true,
    scenarios: ['istio/dynamic-stable-scale-superseded'],
    aspect:
      /^(VirtualService app|TrafficSplit app|Ingress app-app-canary|app: weights)$/,
    onlyOurs: [/^canary 0 → r3 by app-canary, stable 100 → r1 /],
    instead: {
      reference: [],
      ours: [
        /→ app-stable 100, app-canary 0$|"app-canary","weight":"0"|\/canary-weight":"0"/,
        /→ app-canary [1-9]|"app-canary","weight":"[1-9]|\/canary-weight":"[1-9]|, app-canary [1-9]/,
      ],
    },
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
];
