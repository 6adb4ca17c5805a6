import { type AnyObject, RESOURCES } from '@progressive-delivery/kube';
import { ends, on, promoteAt, scenario, update } from '../acts';
import { abort, killController, patchOf, terminate } from '../actions';
import {
  BROKEN,
  ISTIO,
  canary,
  pause,
  podTemplate,
  routedCanary,
  weight,
  webTemplate,
} from '../builders';
import {
  aborted,
  atOnce,
  experiment,
  experimentPodsGone,
  healthy,
  observed,
  rolloutIs,
} from '../milestones';
import type { Scenario } from '../scenario';

const versions = (more: object = {}) => [
  { name: 'baseline', specRef: 'stable', ...more },
  { name: 'canary', specRef: 'canary', ...more },
];
const inStep = (spec: object, rest: object[] = [pause()]) => [
  { experiment: { templates: versions(), ...spec } },
  ...rest,
];
const passed = [update, ...promoteAt(1), ends(healthy(2))];
/** Where the pods would go in the middle of the end. */
const thenGone = ends(experimentPodsGone);
/** Without a port they would get no Service, and nothing could be routed to them. */
const withPort = {
  template: podTemplate(undefined, {
    container: { ports: [{ containerPort: 80 }] },
  }),
};
const check = (required = false) => ({
  analyses: [
    { name: 'check', templateName: 'check', requiredForCompletion: required },
  ],
});
const bounded = webTemplate('check', 'errors', { count: 2 });
const endless = webTemplate('check', 'errors');

const pods = (name: string, image?: string) => ({
  name,
  replicas: 1,
  selector: { matchLabels: { app: 'app', version: name } },
  template: podTemplate(image, { labels: { version: name } }),
});
const alone = (spec: object): AnyObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Experiment',
  metadata: { name: 'alone' },
  spec: {
    templates: [pods('first'), pods('second', 'demo/app:2')],
    ...spec,
  },
});
const aloneIs = (phase: string) =>
  observed(
    `the experiment is ${phase}`,
    ({ objects }) =>
      objects.get(RESOURCES.experiments, 'alone')?.status?.phase === phase,
  );

/** How long a person can see that nothing more comes; milliseconds. */
const NEVER = 10_000;

const againOrNever = atOnce(
  rolloutIs(
    'paused, its experiment inconclusive twice or for good',
    ({ status }, { objects }) => {
      const inconclusive = objects
        .list(RESOURCES.events)
        .filter(({ reason }) => reason === 'ExperimentInconclusive')
        .map(({ involvedObject }) => involvedObject.uid);
      const [met] = status.pauseConditions ?? [];
      const since = met && Date.now() - Date.parse(met.startTime);
      return (
        status.phase === 'Paused' &&
        (new Set(inconclusive).size > 1 || since > NEVER)
      );
    },
  ),
);

const ROUTES_PILE_UP = {
  unsteady: {
    aspect: /^VirtualService/,
    reason:
      'the reference adds the same destination again at each of its turns',
  },
};

/** Experiments in a step and alone. */
export const EXPERIMENTS: Scenario[] = [
  scenario('experiments/for-a-while', canary(inStep({ duration: '2s' })), [
    ...passed,
    thenGone,
  ]),
  scenario(
    'experiments/with-a-scale-down-delay',
    canary(inStep({ duration: '1s', scaleDownDelaySeconds: 2 })),
    passed,
  ),
  scenario(
    'experiments/of-one-replica-each',
    canary(inStep({ duration: '1s', templates: versions({ replicas: 1 }) })),
    passed,
  ),
  scenario(
    'experiments/with-metadata',
    canary(
      inStep({
        duration: '1s',
        templates: versions({
          replicas: 1,
          metadata: { labels: { tested: 'yes' } },
        }),
      }),
    ),
    passed,
  ),
  ...Object.entries({ successful: 1, failing: -1 }).flatMap(([how, answer]) => [
    scenario(
      `experiments/${how}-analysis-required`,
      [bounded, ...canary(inStep(check(true)))],
      answer > 0 ? passed : [update, ends(aborted)],
      { metrics: { errors: answer } },
    ),
    scenario(
      `experiments/${how}-analysis-meanwhile`,
      [endless, ...canary(inStep({ duration: '3s', ...check() }))],
      answer > 0 ? passed : [update, ends(aborted)],
      { metrics: { errors: answer } },
    ),
  ]),
  scenario(
    'experiments/inconclusive-analysis',
    [
      webTemplate('check', 'errors', {
        count: 1,
        failureCondition: 'result < 0',
      }),
      ...canary(inStep(check(true))),
    ],
    [update, on(againOrNever, killController)],
    {
      metrics: { errors: 0 },
      ownController: true,
      unsteady: {
        aspect: / #(?!2: phase$)|^AnalysisRun |^At rest: the end$/,
        reason:
          'the reference runs the experiment again and again while it is paused',
      },
    },
  ),
  scenario(
    'experiments/analysis-in-error',
    [bounded, ...canary(inStep(check(true)))],
    [update, ends(aborted)],
    { metrics: { errors: { status: 500 } } },
  ),
  scenario(
    'experiments/with-weight',
    routedCanary(
      [
        {
          experiment: {
            duration: '2s',
            templates: versions({ weight: 10, replicas: 1 }),
          },
        },
        pause(),
      ],
      { trafficRouting: ISTIO },
      withPort,
    ),
    [...passed, thenGone],
    ROUTES_PILE_UP,
  ),
  scenario(
    'experiments/with-weight-beside-canary',
    routedCanary(
      [
        weight(20),
        {
          experiment: {
            duration: '2s',
            templates: [{ name: 'baseline', specRef: 'stable', weight: 5 }],
          },
        },
        pause(),
      ],
      {},
      withPort,
    ),
    [update, ...promoteAt(2), ends(healthy(2)), thenGone],
    ROUTES_PILE_UP,
  ),
  scenario(
    'experiments/with-service',
    canary(
      inStep({
        duration: '2s',
        templates: versions({ replicas: 1, service: { name: 'tested' } }),
      }),
    ),
    passed,
  ),
  scenario('experiments/terminated', canary(inStep({ duration: '60s' })), [
    update,
    on(experiment('Running'), terminate(RESOURCES.experiments)),
    ...promoteAt(1),
    ends(healthy(2)),
    thenGone,
  ]),
  scenario('experiments/aborted', canary(inStep({ duration: '60s' })), [
    update,
    on(experiment('Running'), abort),
    ends(aborted),
  ]),
  scenario(
    'experiments/alone',
    [alone({ duration: '2s' })],
    [ends(aloneIs('Successful'))],
  ),
  scenario(
    'experiments/alone-without-duration',
    [alone({})],
    [
      on(aloneIs('Running'), terminate(RESOURCES.experiments)),
      ends(aloneIs('Successful')),
    ],
  ),
  scenario(
    'experiments/alone-with-analysis',
    [
      bounded,
      alone({
        analyses: [{ name: 'check', templateName: 'check' }],
        duration: '4s',
      }),
    ],
    [ends(aloneIs('Successful'))],
    { metrics: { errors: 1 } },
  ),
  scenario(
    'experiments/alone-never-ready',
    [
      alone({
        templates: [pods('broken', BROKEN)],
        progressDeadlineSeconds: 3,
        duration: '10s',
      }),
    ],
    [ends(aloneIs('Failed'))],
  ),
  scenario(
    'experiments/alone-then-changed',
    [alone({ duration: '3s' })],
    [
      on(
        aloneIs('Running'),
        patchOf(RESOURCES.experiments, 'alone', { spec: { duration: '1s' } }),
      ),
      ends(aloneIs('Successful')),
    ],
  ),
  scenario(
    'experiments/alone-with-missing-template',
    [alone({ analyses: [{ name: 'check', templateName: 'missing' }] })],
    [ends(aloneIs('Error'))],
    {
      unsteady: {
        aspect:
          /^(alone-\w+: |\(\w+\): metadata of its pods|At rest|Events of Experiments)/,
        reason: 'the reference starts the pods now and then, and says so',
      },
    },
  ),
];
