import { type AnyObject, RESOURCES } from '@progressive-delivery/kube';
import { ends, on, promoteAt, scenario, update } from '../acts';
import { setImage, terminate } from '../actions';
import {
  IMAGE,
  NEXT,
  THIRD,
  analysisTemplate,
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
  observed,
  pausedAt,
  refused,
} from '../milestones';
import type { Scenario } from '../scenario';

const passed = [update, ...promoteAt(2), ends(healthy(2))];
const inStep = (analysis: object) =>
  canary([weight(25), { analysis }, pause()]);
const GOOD = { metrics: { errors: 1, up: 1 } };
const once = { count: 1 };

const byArgument = (args: object[], metric: object = {}) =>
  prometheusTemplate(
    'check',
    '{{args.series}}',
    { ...once, ...metric },
    { args },
  );

const job = (command: string[], metric: object = {}) =>
  analysisTemplate('check', [
    {
      name: 'job',
      provider: {
        job: {
          spec: {
            backoffLimit: 0,
            template: {
              spec: {
                restartPolicy: 'Never',
                containers: [{ name: 'job', image: 'demo/job:1', command }],
              },
            },
          },
        },
      },
      ...metric,
    },
  ]);

const standalone = (spec: object): AnyObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisRun',
  metadata: { name: 'alone' },
  spec: { metrics: webTemplate('x', 'errors', once).spec.metrics, ...spec },
});
const aloneIs = (phase: string) =>
  observed(
    `the run is ${phase}`,
    ({ objects }) =>
      objects.get(RESOURCES.analysisRuns, 'alone')?.status?.phase === phase,
  );
/** Templates, arguments, Jobs, and what becomes of runs. */
export const ANALYSIS_TEMPLATES: Scenario[] = [
  scenario(
    'templates/two-merged',
    [
      webTemplate('one', 'errors', once),
      prometheusTemplate('two', 'up', once),
      ...inStep(templates('one', 'two')),
    ],
    passed,
    GOOD,
  ),
  scenario(
    'templates/same-metric-twice',
    [
      webTemplate('one', 'errors', once),
      webTemplate('two', 'errors', once),
      ...inStep(templates('one', 'two')),
    ],
    [ends(refused)],
    GOOD,
  ),
  scenario(
    'templates/nested',
    [
      webTemplate('inner', 'errors', once),
      analysisTemplate('outer', [], templates('inner')),
      ...inStep(templates('outer')),
    ],
    passed,
    GOOD,
  ),
  scenario(
    'templates/of-the-cluster',
    [
      {
        ...webTemplate('${namespace}', 'errors', once),
        kind: 'ClusterAnalysisTemplate',
      },
      ...inStep({
        templates: [{ templateName: '${namespace}', clusterScope: true }],
      }),
    ],
    passed,
    { ...GOOD, clusterWide: true },
  ),
  scenario(
    'templates/argument-with-default',
    [
      byArgument([{ name: 'series', value: 'up' }]),
      ...inStep(templates('check')),
    ],
    passed,
    GOOD,
  ),
  scenario(
    'templates/argument-given',
    [
      byArgument([{ name: 'series' }]),
      ...inStep({
        ...templates('check'),
        args: [{ name: 'series', value: 'up' }],
      }),
    ],
    passed,
    GOOD,
  ),
  scenario(
    'templates/argument-from-a-field',
    [
      byArgument([{ name: 'series' }]),
      ...inStep({
        ...templates('check'),
        args: [
          {
            name: 'series',
            valueFrom: { fieldRef: { fieldPath: "metadata.labels['series']" } },
          },
        ],
      }).map(object => ({
        ...object,
        metadata: { ...object.metadata, labels: { series: 'up' } },
      })),
    ],
    passed,
    GOOD,
  ),
  scenario(
    'templates/argument-from-a-secret',
    [
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'series' },
        stringData: { name: 'up' },
      },
      byArgument(
        [
          {
            name: 'series',
            valueFrom: { secretKeyRef: { name: 'series', key: 'name' } },
          },
        ],
        // Not the secret itself: the reference does not find it again.
        { name: 'by-argument' },
      ),
      ...inStep(templates('check')),
    ],
    passed,
    GOOD,
  ),
  scenario(
    'templates/missing-secret',
    [
      byArgument([
        {
          name: 'series',
          valueFrom: { secretKeyRef: { name: 'missing', key: 'name' } },
        },
      ]),
      ...inStep(templates('check')),
    ],
    [update, ends(aborted)],
    GOOD,
  ),
  scenario(
    'templates/dry-run',
    [
      webTemplate(
        'check',
        'errors',
        { count: 2 },
        {
          dryRun: [{ metricName: 'errors' }],
        },
      ),
      ...inStep(templates('check')),
    ],
    passed,
    { metrics: { errors: -1 } },
  ),
  scenario(
    'templates/run-metadata',
    [
      webTemplate('check', 'errors', once),
      ...inStep({
        ...templates('check'),
        analysisRunMetadata: { labels: { team: 'colors' } },
      }),
    ],
    passed,
    GOOD,
  ),
  scenario(
    'templates/measurement-retention',
    [
      webTemplate(
        'check',
        'errors',
        { count: 4 },
        {
          measurementRetention: [{ metricName: 'errors', limit: 2 }],
        },
      ),
      ...inStep(templates('check')),
    ],
    passed,
    { metrics: { errors: { then: [1, 2, 3, 4] } } },
  ),
  scenario(
    'jobs/successful',
    [job(['sleep', '1']), ...inStep(templates('check'))],
    passed,
  ),
  scenario(
    'jobs/failing',
    [job(['sh', '-c', 'sleep 1 && exit 1']), ...inStep(templates('check'))],
    [update, ends(aborted)],
  ),
  scenario(
    'jobs/twice',
    [
      job(['true'], { count: 2, interval: '1s' }),
      ...inStep(templates('check')),
    ],
    passed,
  ),
  scenario(
    'jobs/aborted-meanwhile',
    [job(['sleep', '60']), ...inStep(templates('check'))],
    [
      update,
      on(analysisRun('Running'), terminate()),
      ...promoteAt(2),
      ends(healthy(2)),
    ],
  ),
  scenario(
    'runs/terminated',
    [
      webTemplate('check', 'errors', { count: 100 }),
      ...inStep(templates('check')),
    ],
    [
      update,
      on(analysisRun('Running'), terminate()),
      ...promoteAt(2),
      ends(healthy(2)),
    ],
    GOOD,
  ),
  scenario(
    'runs/background-terminated',
    [
      webTemplate('check', 'errors'),
      ...routedCanary([weight(20), pause()], { analysis: templates('check') }),
    ],
    [update, on(pausedAt(1), terminate()), ...promoteAt(1), ends(healthy(2))],
    GOOD,
  ),
  scenario('runs/alone', [standalone({})], [ends(aloneIs('Successful'))], GOOD),
  scenario('runs/alone-failing', [standalone({})], [ends(aloneIs('Failed'))], {
    metrics: { errors: -1 },
  }),
  scenario(
    'runs/kept-for-seconds',
    [standalone({ ttlStrategy: { secondsAfterCompletion: 2 } })],
    [ends(aloneIs('Successful'))],
    GOOD,
  ),
  scenario(
    'runs/history-limits',
    [
      webTemplate('check', 'errors', once),
      ...canary([{ analysis: templates('check') }]).map(object => ({
        ...object,
        spec: {
          ...object.spec,
          revisionHistoryLimit: 1,
          analysis: {
            successfulRunHistoryLimit: 1,
            unsuccessfulRunHistoryLimit: 1,
          },
        },
      })),
    ],
    [
      update,
      on(healthy(2), setImage(THIRD)),
      on(healthy(3), setImage('demo/app:4')),
      on(healthy(4), setImage(IMAGE)),
      on(healthy(5), setImage(NEXT)),
      ends(healthy(6)),
    ],
    GOOD,
  ),
];
