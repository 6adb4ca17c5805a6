import type { Difference } from '../difference';

/** Manifests that are refused, and what is said of them. */
export const MANIFEST_DIFFERENCES: Difference[] = [
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
];
