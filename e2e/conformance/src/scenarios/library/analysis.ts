import type { AnyObject } from '@progressive-delivery/kube';
import type { Answer } from '../../bed/metricSource';
import { ends, on, promoteAt, scenario, update } from '../acts';
import { abort, promote, retry, setMetric } from '../actions';
import {
  blueGreen,
  canary,
  pause,
  prometheusTemplate,
  routedCanary,
  templates,
  weight,
  webTemplate,
} from '../builders';
import {
  aborted,
  analysisRun,
  healthy,
  paused,
  pausedAt,
  rested,
} from '../milestones';
import type { Act, Scenario } from '../scenario';

const JUDGED = {
  successCondition: 'result > 0',
  failureCondition: 'result < 0',
};

/** What a series answers, for each way a metric may end. */
const ANSWERS: Record<string, Answer> = {
  successful: 1,
  failing: -1,
  inconclusive: 0,
  'in-error': { status: 500 },
};

const bounded = (count: number) => ({ ...JUDGED, count });

/** Where an analysis may stand, and what waits for its end. */
const PLACES: Record<
  string,
  { objects: AnyObject[]; before: Act[]; after: Act[] }
> = {
  'in-a-step': {
    objects: [
      webTemplate('check', 'errors', bounded(2)),
      ...routedCanary([
        weight(25),
        { analysis: templates('check') },
        weight(50),
        pause(),
      ]),
    ],
    before: [update],
    after: [on(pausedAt(3), promote), ends(healthy(2))],
  },
  'in-the-background': {
    objects: [
      webTemplate('check', 'errors', JUDGED),
      ...routedCanary([weight(25), pause('6s'), weight(50), pause()], {
        analysis: templates('check'),
      }),
    ],
    before: [update],
    after: [on(pausedAt(3), promote), ends(healthy(2))],
  },
  'by-counting-pods': {
    objects: [
      webTemplate('check', 'errors', bounded(2)),
      ...canary([weight(25), { analysis: templates('check') }, pause()]),
    ],
    before: [update],
    after: [on(pausedAt(2), promote), ends(healthy(2))],
  },
  'before-promotion': {
    objects: [
      webTemplate('check', 'errors', bounded(2)),
      ...blueGreen({ prePromotionAnalysis: templates('check') }),
    ],
    before: [update],
    after: [ends(healthy(2))],
  },
  'before-promotion-by-hand': {
    objects: [
      webTemplate('check', 'errors', bounded(2)),
      ...blueGreen({
        autoPromotionEnabled: false,
        prePromotionAnalysis: templates('check'),
      }),
    ],
    before: [update],
    after: [on(paused(2), promote), ends(healthy(2))],
  },
  'after-promotion': {
    objects: [
      webTemplate('check', 'errors', bounded(2)),
      ...blueGreen({
        scaleDownDelaySeconds: 10,
        postPromotionAnalysis: templates('check'),
      }),
    ],
    before: [update],
    after: [ends(healthy(2))],
  },
};

/** What is waited for when the analysis does not simply pass. */
const OUTCOMES: Record<string, (after: Act[]) => Act[]> = {
  successful: after => after,
  failing: () => [ends(aborted)],
  inconclusive: () => [ends(analysisRun('Inconclusive')), ends(paused(2))],
  'in-error': () => [ends(aborted)],
};

/** Where two runs of the reference are not the same. */
const UNSTEADY: Record<string, Scenario['unsteady']> = {
  'inconclusive-in-the-background': {
    aspect: / #\d/,
    reason: 'the reference starts a second run now and then',
  },
  'inconclusive-after-promotion': {
    aspect: /^app: conditions at the end$/,
    reason: 'the reference changes Progressing to and fro without end',
  },
};

const AT_EACH_PLACE = Object.entries(PLACES).flatMap(
  ([place, { objects, before, after }]) =>
    Object.entries(ANSWERS).map(([outcome, answer]) =>
      scenario(
        `analysis/${outcome}-${place}`,
        objects,
        [...before, ...OUTCOMES[outcome]!(after)],
        {
          metrics: { errors: answer },
          unsteady: UNSTEADY[`${outcome}-${place}`],
        },
      ),
    ),
);

const inStep = (template: AnyObject, more: AnyObject[] = []) => [
  template,
  ...more,
  ...canary([weight(25), { analysis: templates('check') }, pause()]),
];
const passed = [update, ...promoteAt(2), ends(healthy(2))];
const failed = [update, ends(aborted)];

function limits(
  name: string,
  metric: object,
  answers: Answer[],
  acts: Act[],
): Scenario {
  return scenario(
    `analysis/${name}`,
    inStep(webTemplate('check', 'errors', { ...JUDGED, ...metric })),
    acts,
    { metrics: { errors: { then: answers } } },
  );
}

const LIMITS: Scenario[] = [
  limits(
    'within-the-failure-limit',
    { count: 4, failureLimit: 1 },
    [1, -1, 1, 1],
    passed,
  ),
  limits(
    'beyond-the-failure-limit',
    { count: 4, failureLimit: 1 },
    [1, -1, -1, 1],
    failed,
  ),
  limits('unlimited-failures', { count: 3, failureLimit: -1 }, [-1], failed),
  limits(
    'within-the-inconclusive-limit',
    { count: 3, inconclusiveLimit: 1 },
    [1, 0, 1],
    passed,
  ),
  limits(
    'within-the-error-limit',
    { count: 3, consecutiveErrorLimit: 1 },
    [{ status: 500 }, 1, { status: 500 }, 1, 1],
    passed,
  ),
  limits(
    'consecutive-successes',
    { count: 6, consecutiveSuccessLimit: 2, failureLimit: 2 },
    [1, -1, 1, 1],
    passed,
  ),
  limits('initial-delay', { count: 1, initialDelay: '2s' }, [1], passed),
  limits(
    'success-condition-only',
    { count: 1, failureCondition: undefined },
    [-1],
    failed,
  ),
  limits(
    'failure-condition-only',
    { count: 1, successCondition: undefined },
    [0],
    passed,
  ),
  limits(
    'no-condition',
    { count: 1, successCondition: undefined, failureCondition: undefined },
    [5],
    passed,
  ),
  limits(
    'bad-expression',
    { count: 1, successCondition: 'result >', failureCondition: undefined },
    [1],
    failed,
  ),
  limits(
    'wrong-type',
    {
      count: 1,
      successCondition: 'result[0] > 1',
      failureCondition: undefined,
    },
    [1],
    failed,
  ),
];

const PROMETHEUS: Scenario[] = Object.entries<[object, Answer, Act[]]>({
  value: [{}, 1, passed],
  'no-series': [{}, 'nothing', failed],
  'no-series-by-default': [
    { successCondition: 'len(result) == 0 || result[0] > 0' },
    'nothing',
    passed,
  ],
  'nan-success-only': [{}, NaN, failed],
  'nan-failure-only': [
    { successCondition: undefined, failureCondition: 'result[0] < 0' },
    NaN,
    passed,
  ],
  'nan-asked-for': [{ successCondition: 'isNaN(result[0])' }, NaN, passed],
  infinite: [{ successCondition: 'isInf(result[0])' }, Infinity, passed],
  refused: [{}, { status: 503 }, failed],
}).map(([name, [metric, answer, acts]]) =>
  scenario(
    `analysis/prometheus-${name}`,
    inStep(prometheusTemplate('check', 'up', { count: 1, ...metric })),
    acts,
    { metrics: { up: answer } },
  ),
);

const OTHERS: Scenario[] = [
  scenario(
    'analysis/background-from-a-later-step',
    [
      webTemplate('check', 'errors', JUDGED),
      ...routedCanary([weight(20), pause(), weight(60), pause()], {
        analysis: { ...templates('check'), startingStep: 2 },
      }),
    ],
    [update, ...promoteAt(1, 3), ends(healthy(2))],
    { metrics: { errors: 1 } },
  ),
  scenario(
    'analysis/background-turns-bad',
    [
      webTemplate('check', 'errors', JUDGED),
      ...routedCanary([weight(20), pause()], { analysis: templates('check') }),
    ],
    [update, on(pausedAt(1), setMetric('errors', -1)), ends(aborted)],
    { metrics: { errors: 1 } },
  ),
  scenario(
    'analysis/background-retried',
    [
      webTemplate('check', 'errors', JUDGED),
      ...routedCanary([pause(), weight(50)], { analysis: templates('check') }),
    ],
    [
      update,
      on(pausedAt(0), abort),
      on(rested(aborted, 4), retry),
      ends(rested(pausedAt(0))),
    ],
    { metrics: { errors: 1 } },
  ),
  scenario(
    'analysis/inconclusive-then-promoted',
    inStep(webTemplate('check', 'errors', bounded(1))),
    [update, on(paused(2), promote), ...promoteAt(2), ends(healthy(2))],
    { metrics: { errors: 0 } },
  ),
];

/** Analysis at each place it may stand, each way it may end, and its limits. */
export const ANALYSIS: Scenario[] = [
  ...AT_EACH_PLACE,
  ...LIMITS,
  ...PROMETHEUS,
  ...OTHERS,
];
