import type { Difference } from '../difference';

/** Weights, routes, services, and the pods behind them. */
export const TRAFFIC_DIFFERENCES: Difference[] = [
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
    subject:
      'an abort under `dynamicStableScale`, with `minPodsPerReplicaSet` above what a weight needs',
    reference: 'stays at that weight: the canary keeps its users and its pods',
    reason: 'leads everybody back to stable',
    scenarios: ['istio/dynamic-stable-scale-and-minimum-aborted'],
    aspect:
      /^(At rest: the end|r[12]: replicas \w+|VirtualService app|app: weights|app: pods counted at the end|Service app-canary: selects|r2: scale-down scheduled)$/,
    onlyReference: [
      'r1',
      '2',
      '3',
      '4',
      /^r1: replicas \w+ 3$/,
      /^r2: replicas \w+ 2$/,
      /→ app-stable 100, app-canary 0$/,
      /^canary 0 → r2 /,
      /^replicas 5, updatedReplicas 2,/,
    ],
    onlyOurs: [
      'r1',
      'yes',
      'no',
      '0',
      '2',
      '3',
      '4',
      /^r1: replicas \w+ 4$/,
      /^r2: replicas \w+ 0$/,
      /→ app-stable 100, app-canary 0$/,
      /^canary 0 → r2 /,
      /^replicas 4, updatedReplicas 0,/,
    ],
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
    subject: 'the stable service of a rollout without pods',
    reference: 'still selects the old version when the new one is stable',
    reason: 'selects what is stable',
    scenarios: ['operations/scale-to-zero-when-routed'],
    aspect: /^Service app-stable: selects$/,
    instead: { reference: [], ours: ['r2'] },
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
    subject: 'the weight when steps are changed in flight',
    reference: 'goes to 0, then to the one of the new step',
    reason: 'goes from the one to the other',
    scenarios: ['istio/steps-changed-in-flight'],
    aspect: /^(VirtualService app|app: weights)$/,
    onlyReference: [/→ app-stable 100, app-canary 0$/, /^canary 0 → r2/],
    onlyOurs: [/→ app-stable 100, app-canary 0$/, /^canary 0 → r2/],
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
];
