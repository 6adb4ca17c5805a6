import type { AnyObject } from '@progressive-delivery/kube';
import { ends, on, scenario } from '../acts';
import {
  abort,
  killController,
  patchSpec,
  promoteFull,
  retry,
  scale,
  setImage,
  startController,
} from '../actions';
import {
  IMAGE,
  ISTIO,
  NEXT,
  THIRD,
  ingress,
  pause,
  podTemplate,
  routedCanary,
  slowPods,
  templates,
  weight,
  webTemplate,
} from '../builders';
import {
  aborted,
  analysisRun,
  experiment,
  experimentPodsGone,
  healthy,
  newPods,
  pausedAt,
  rested,
} from '../milestones';
import { keepPods } from '../keepPods';
import type { Act, Milestone, Scenario } from '../scenario';

const routing = {
  trafficRouting: {
    ...ISTIO,
    managedRoutes: [{ name: 'by-header' }, { name: 'mirror' }],
  },
};

/** An update that is stopped in the middle of one kind of step. */
interface InStep {
  steps: object[];
  /** More objects. */
  objects?: AnyObject[];
  /** The step is under way. */
  under: (revision: number) => Milestone;
  /**
   * The new pods take their time, so that there is a middle: longer than it
   * takes to act there and to scale them down again.
   */
  slow?: boolean;
  /** The step is over, or still under way where it has no end. */
  after?: (revision: number) => Milestone;
  /** What is waited for in the end. */
  over?: Milestone;
  metrics?: Scenario['metrics'];
}

const endless = webTemplate('check', 'errors', { count: 1000 });
const pausedIn = (step: number) => (revision: number) =>
  pausedAt(step, revision);

const KINDS: Record<string, InStep> = {
  'set-weight': {
    steps: [weight(50), pause()],
    slow: true,
    under: revision => newPods(revision, 2),
    after: pausedIn(1),
  },
  pause: { steps: [weight(50), pause()], under: pausedIn(1) },
  'timed-pause': {
    steps: [weight(50), pause('60s')],
    under: pausedIn(1),
  },
  'set-canary-scale': {
    steps: [{ setCanaryScale: { replicas: 3 } }, pause()],
    slow: true,
    under: revision => newPods(revision, 3),
    after: pausedIn(1),
  },
  analysis: {
    objects: [endless],
    metrics: { errors: 1 },
    steps: [weight(50), { analysis: templates('check') }],
    under: revision => analysisRun('Running', 'Step', revision),
  },
  experiment: {
    steps: [
      weight(50),
      {
        experiment: {
          duration: '60s',
          templates: [{ name: 'baseline', specRef: 'stable', replicas: 1 }],
        },
      },
    ],
    under: revision => experiment('Running', revision),
    over: experimentPodsGone,
  },
  'set-header-route': {
    steps: [
      weight(50),
      {
        setHeaderRoute: {
          name: 'by-header',
          match: [{ headerName: 'x', headerValue: { exact: 'y' } }],
        },
      },
      pause(),
    ],
    under: pausedIn(2),
  },
  'set-mirror-route': {
    steps: [
      weight(50),
      {
        setMirrorRoute: {
          name: 'mirror',
          percentage: 20,
          match: [{ path: { prefix: '/' } }],
        },
      },
      pause(),
    ],
    under: pausedIn(2),
  },
};

const stopped = ({ steps, objects = [] }: InStep, replicas = 4) => [
  ...objects,
  ...routedCanary(steps as Record<string, unknown>[], routing, { replicas }),
];

const begin = ({ slow }: InStep): Act =>
  on(
    healthy(),
    slow
      ? patchSpec({ template: podTemplate(NEXT, slowPods(9)) })
      : setImage(NEXT),
  );

const endOf = ({ over }: InStep): Act[] => (over ? [ends(over)] : []);

/** What happens in mid-step, and what is waited for then. */
const EVENTS: Record<string, (step: InStep) => Act[]> = {
  aborted: ({ under }) => [on(under(2), abort), ends(aborted)],
  'aborted-and-retried': ({ under }) => [
    on(under(2), abort),
    on(rested(aborted), retry),
    on(under(2), promoteFull),
    ends(healthy(2)),
  ],
  'new-template': ({ under }) => [
    on(under(2), patchSpec({ template: podTemplate(THIRD) })),
    on(under(3), promoteFull),
    ends(healthy(3)),
  ],
  'rolled-back': ({ under }) => [
    on(under(2), patchSpec({ template: podTemplate(IMAGE) }, 'app')),
    ends(healthy(3)),
  ],
  'scaled-up': ({ under, after = under }) => [
    on(under(2), scale(6)),
    on(after(2), promoteFull),
    ends(healthy(2)),
  ],
  'scaled-down': ({ under, after = under }) => [
    on(under(2), scale(2)),
    on(after(2), promoteFull),
    ends(healthy(2)),
  ],
  'promoted-in-full': ({ under }) => [
    on(under(2), promoteFull),
    ends(healthy(2)),
  ],
};

/** Every event in the middle of every kind of step. */
export const STEP_MATRIX: Scenario[] = Object.entries(KINDS).flatMap(
  ([kind, step]) =>
    Object.entries(EVENTS).map(([event, acts]) =>
      scenario(
        `${event}/in-${kind}`,
        stopped(step),
        [begin(step), ...acts(step), ...endOf(step)],
        { metrics: step.metrics },
      ),
    ),
);

/** Kinds of steps that are shown with another router, too. */
const BY_NGINX = ['set-weight', 'pause', 'analysis'];

const byNginx = ({ steps, objects = [] }: InStep) => [
  ...objects,
  ingress('app', { 'kubernetes.io/ingress.class': 'nginx' }),
  ...routedCanary(steps as Record<string, unknown>[], {
    trafficRouting: { nginx: { stableIngress: 'app' } },
  }),
];

function restarted(name: string, step: InStep, objects: AnyObject[]): Scenario {
  const pods = keepPods();
  return scenario(
    `killed/${name}`,
    objects,
    [
      begin(step),
      on(step.under(2), pods.note, killController, startController),
      on(rested((step.after ?? step.under)(2)), pods.compare, promoteFull),
      ends(healthy(2)),
      ...endOf(step),
    ],
    { metrics: step.metrics, ownController: true },
  );
}

/** The controller is killed in the middle of each kind of step, and comes back. */
export const RESTARTS: Scenario[] = [
  ...Object.entries(KINDS).map(([kind, step]) =>
    restarted(`in-${kind}`, step, stopped(step)),
  ),
  ...BY_NGINX.map(kind =>
    restarted(`nginx-in-${kind}`, KINDS[kind]!, byNginx(KINDS[kind]!)),
  ),
];
