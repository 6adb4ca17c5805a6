import { abortAt, ends, on, scenario, update } from '../acts';
import {
  abort,
  patchSpec,
  pauseByHand,
  promote,
  promoteFull,
  resume,
  retry,
  scale,
  setImage,
} from '../actions';
import {
  BROKEN,
  IMAGE,
  THIRD,
  blueGreen,
  podTemplate,
  rollout,
  service,
  templates,
  webTemplate,
} from '../builders';
import {
  aborted,
  analysisRun,
  healthy,
  newPods,
  paused,
  rolloutIs,
  rested,
} from '../milestones';
import type { Scenario } from '../scenario';

/** Either way: users are on it, or it waits, or it was aborted again. */
const decided = (revision: number) =>
  rolloutIs(
    `decided at revision ${revision}`,
    ({ metadata, status }) =>
      metadata.annotations?.['rollout.argoproj.io/revision'] ===
        String(revision) &&
      status.currentPodHash !== undefined &&
      (status.phase === 'Paused' ||
        status.phase === 'Healthy' ||
        (status.phase === 'Degraded' &&
          (
            status.blueGreen?.prePromotionAnalysisRunStatus?.name ?? ''
          ).endsWith('.1'))),
  );

const manual = { autoPromotionEnabled: false };

const previewTakesOver = on(paused(2), promote);

export const BLUE_GREEN: Scenario[] = [
  scenario('blue-green/first-deployment', blueGreen(), [ends(healthy())]),
  scenario('blue-green/automatic', blueGreen(), [update, ends(healthy(2))]),
  scenario('blue-green/by-hand', blueGreen(manual), [
    update,
    previewTakesOver,
    ends(healthy(2)),
  ]),
  scenario('blue-green/after-seconds', blueGreen({ autoPromotionSeconds: 2 }), [
    update,
    ends(healthy(2)),
  ]),
  scenario(
    'blue-green/by-hand-before-its-seconds',
    blueGreen({ ...manual, autoPromotionSeconds: 30 }),
    [update, previewTakesOver, ends(healthy(2))],
  ),
  scenario(
    'blue-green/without-preview',
    [
      service('app-active'),
      rollout({
        blueGreen: {
          activeService: 'app-active',
          scaleDownDelaySeconds: 2,
          ...manual,
        },
      }),
    ],
    [update, previewTakesOver, ends(healthy(2))],
  ),
  scenario(
    'blue-green/small-preview',
    blueGreen({ ...manual, previewReplicaCount: 1 }, { replicas: 3 }),
    [update, previewTakesOver, ends(healthy(2))],
  ),
  scenario(
    'blue-green/small-preview-then-newer',
    blueGreen({ ...manual, previewReplicaCount: 2 }, { replicas: 3 }),
    [
      update,
      on(paused(2), setImage(THIRD)),
      on(paused(3), promoteFull),
      ends(healthy(3)),
    ],
  ),
  scenario(
    'blue-green/small-preview-automatic',
    blueGreen({ previewReplicaCount: 1 }, { replicas: 3 }),
    [update, ends(healthy(2))],
  ),
  scenario('blue-green/abort-at-pause', blueGreen(manual), [
    update,
    ...abortAt(paused(2)),
  ]),
  scenario('blue-green/retry', blueGreen(manual), [
    update,
    on(paused(2), abort),
    on(rested(aborted), retry),
    ends(decided(2)),
  ]),
  scenario(
    'blue-green/abort-keeps-preview',
    blueGreen({ ...manual, abortScaleDownDelaySeconds: 0 }),
    [update, ...abortAt(paused(2))],
  ),
  scenario('blue-green/new-template-at-pause', blueGreen(manual), [
    update,
    on(paused(2), setImage(THIRD)),
    on(paused(3), promote),
    ends(healthy(3)),
  ]),
  scenario('blue-green/rollback-at-pause', blueGreen(manual), [
    update,
    on(paused(2), setImage(IMAGE)),
    ends(healthy(3)),
  ]),
  scenario(
    'blue-green/rollback-to-waiting-pods',
    blueGreen({ scaleDownDelaySeconds: 20 }),
    [update, on(healthy(2), setImage(IMAGE)), ends(healthy(3))],
  ),
  scenario('blue-green/scale-up-at-pause', blueGreen(manual), [
    update,
    on(paused(2), scale(4)),
    on(paused(2), promote),
    ends(healthy(2)),
  ]),
  scenario(
    'blue-green/scale-down-at-pause',
    blueGreen(manual, { replicas: 4 }),
    [update, on(paused(2), scale(2)), on(paused(2), promote), ends(healthy(2))],
  ),
  scenario('blue-green/promote-full', blueGreen(manual), [
    update,
    on(paused(2), promoteFull),
    ends(healthy(2)),
  ]),
  scenario('blue-green/paused-by-hand', blueGreen(), [
    on(healthy(), pauseByHand, setImage(THIRD)),
    on(paused(), resume),
    ends(healthy(2)),
  ]),
  scenario('blue-green/preview-never-ready', blueGreen(manual), [
    on(healthy(), setImage(BROKEN)),
    on(newPods(2, 2), abort),
    ends(aborted),
  ]),
  scenario('blue-green/preview-never-ready-then-mended', blueGreen(), [
    on(healthy(), setImage(BROKEN)),
    on(newPods(2, 2), setImage(THIRD)),
    ends(healthy(3)),
  ]),
  scenario('blue-green/deadline', blueGreen(), [
    on(healthy(), patchSpec({ progressDeadlineSeconds: 4 }), setImage(BROKEN)),
    ends(rolloutIs('degraded', ({ status }) => status.phase === 'Degraded')),
  ]),
  scenario(
    'blue-green/two-old-versions',
    blueGreen({ scaleDownDelaySeconds: 30, scaleDownDelayRevisionLimit: 1 }),
    [update, on(healthy(2), setImage(THIRD)), ends(healthy(3))],
  ),
  scenario(
    'blue-green/metadata',
    blueGreen({
      ...manual,
      activeMetadata: { labels: { role: 'active' } },
      previewMetadata: {
        labels: { role: 'preview' },
        annotations: { seen: 'no' },
      },
    }),
    [update, previewTakesOver, ends(healthy(2))],
  ),
  scenario(
    'blue-green/anti-affinity',
    blueGreen({
      antiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: {} },
    }),
    [update, ends(healthy(2))],
  ),
  scenario(
    'blue-green/max-unavailable',
    blueGreen({ maxUnavailable: 1 }, { replicas: 3 }),
    [update, ends(healthy(2))],
  ),
  scenario(
    'blue-green/abort-after-the-switch',
    [
      webTemplate('check', 'errors', { count: 1000 }),
      ...blueGreen({
        scaleDownDelaySeconds: 20,
        postPromotionAnalysis: templates('check'),
      }),
    ],
    [update, ...abortAt(analysisRun('Running', 'PostPromotion'))],
    { metrics: { errors: 1 } },
  ),
  scenario('blue-green/change-of-the-strategy', blueGreen(manual), [
    update,
    on(
      paused(2),
      patchSpec({ strategy: { blueGreen: { autoPromotionEnabled: true } } }),
    ),
    ends(healthy(2)),
  ]),
  scenario('blue-green/same-template-again', blueGreen(), [
    on(healthy(), patchSpec({ template: podTemplate(IMAGE) })),
    ends(healthy()),
  ]),
  scenario(
    'blue-green/old-pods-not-kept',
    blueGreen({ scaleDownDelaySeconds: 0 }),
    [update, ends(healthy(2))],
  ),
  scenario(
    'blue-green/retry-soon-after-a-failed-analysis',
    [
      webTemplate('check', 'errors', { count: 1 }),
      ...blueGreen({
        abortScaleDownDelaySeconds: 60,
        prePromotionAnalysis: templates('check'),
      }),
    ],
    [update, on(aborted, retry), ends(decided(2))],
    { metrics: { errors: 0 } },
  ),
];
