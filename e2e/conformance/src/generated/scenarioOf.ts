import { ends, on, promoteAt, update } from '../scenarios/acts';
import {
  abort,
  promote,
  promoteFull,
  retry,
  scale,
  setImage,
  setMetric,
} from '../scenarios/actions';
import {
  IMAGE,
  ISTIO,
  THIRD,
  ingress,
  pause,
  rollout,
  service,
  templates,
  virtualService,
  webTemplate,
  weight,
} from '../scenarios/builders';
import {
  aborted,
  healthy,
  paused,
  pausedAt,
  rested,
  settled,
} from '../scenarios/milestones';
import type { Act, Milestone, Scenario } from '../scenarios/scenario';
import type {
  Plan,
  PlannedBlueGreen,
  PlannedCanary,
  PlannedEvent,
  PlannedStep,
} from './plan';

const MANAGED = [{ name: 'by-header' }, { name: 'mirror' }];

const ROUTING = {
  istio: { ...ISTIO, managedRoutes: MANAGED },
  nginx: { nginx: { stableIngress: 'app' } },
  smi: { smi: {} },
};

const INGRESS = ingress('app', { 'kubernetes.io/ingress.class': 'nginx' });

const STEPS = {
  pause: pause(),
  // So long that a busy controller still notes it.
  timedPause: pause('3s'),
  matchWeight: { setCanaryScale: { matchTrafficWeight: true } },
  analysis: { analysis: templates('bounded') },
  experiment: {
    experiment: {
      duration: '1s',
      templates: [{ name: 'baseline', specRef: 'stable', replicas: 1 }],
    },
  },
  header: {
    setHeaderRoute: {
      name: 'by-header',
      match: [{ headerName: 'x', headerValue: { exact: 'y' } }],
    },
  },
  mirror: {
    setMirrorRoute: {
      name: 'mirror',
      percentage: 10,
      match: [{ path: { prefix: '/' } }],
    },
  },
};

/** A generated plan as a scenario that can be played. */
export function scenarioOf(plan: Plan, name: string): Scenario {
  const { objects, acts } =
    plan.strategy === 'canary' ? canaryOf(plan) : blueGreenOf(plan);
  return {
    name,
    objects: [
      webTemplate('bounded', 'errors', { count: 2 }),
      webTemplate('endless', 'errors'),
      ...objects,
    ],
    acts,
    metrics: { errors: 1 },
    unsteady: {
      aspect: /^<step.* experiment of .*: (replicas \w+|scale-down scheduled)$/,
      reason: 'pods of an experiment go half a minute after its end',
    },
  };
}

function canaryOf(plan: PlannedCanary) {
  const { router, replicas, maxSurge, maxUnavailable, steps } = plan;
  const routed = router !== 'none';
  const canary = {
    steps: steps.map(stepOf),
    maxSurge,
    maxUnavailable,
    ...(plan.backgroundAnalysis && { analysis: templates('endless') }),
    ...(routed && {
      stableService: 'app-stable',
      canaryService: 'app-canary',
      abortScaleDownDelaySeconds: 2,
      trafficRouting: ROUTING[router],
      minPodsPerReplicaSet: plan.minPodsPerReplicaSet,
      ...(plan.dynamicStableScale
        ? { dynamicStableScale: true }
        : { scaleDownDelaySeconds: 2 }),
    }),
  };
  return {
    objects: [
      service('app-stable'),
      service('app-canary'),
      virtualService(),
      INGRESS,
      rollout({ canary }, { replicas }),
    ],
    acts: canaryActs(plan),
  };
}

function canaryActs({ steps, atPause, event, replicas }: PlannedCanary): Act[] {
  const pauses = steps.flatMap(({ kind }, index) =>
    kind === 'pause' ? [index] : [],
  );
  if (pauses.length === 0) return [update, ends(healthy(2))];
  const at = atPause % pauses.length;
  return [
    update,
    ...promoteAt(...pauses.slice(0, at)),
    ...eventActs(event, pausedAt(pauses[at]!), replicas),
  ];
}

function blueGreenOf(plan: PlannedBlueGreen) {
  const blueGreen = {
    activeService: 'app-active',
    ...(plan.preview && { previewService: 'app-preview' }),
    autoPromotionEnabled: !plan.byHand,
    autoPromotionSeconds: plan.byHand ? undefined : plan.autoPromotionSeconds,
    previewReplicaCount: plan.previewReplicaCount,
    scaleDownDelaySeconds: 2,
    abortScaleDownDelaySeconds: 2,
    ...(plan.prePromotionAnalysis && {
      prePromotionAnalysis: templates('bounded'),
    }),
    ...(plan.postPromotionAnalysis && {
      postPromotionAnalysis: templates('bounded'),
    }),
  };
  return {
    objects: [
      service('app-active'),
      service('app-preview'),
      rollout({ blueGreen }, { replicas: plan.replicas }),
    ],
    acts: plan.byHand
      ? [update, ...eventActs(plan.event, paused(2), plan.replicas)]
      : [update, ends(healthy(2))],
  };
}

/** From the pause on to an end that is sure to come. */
function eventActs(
  event: PlannedEvent,
  at: Milestone,
  replicas: number,
): Act[] {
  const finished = (revision: number) => [ends(healthy(revision))];
  const over = settled(2);
  const acts: Record<PlannedEvent, Act[]> = {
    promote: [on(at, promote), on(over, promoteFull), ...finished(2)],
    promoteFull: [on(at, promoteFull), ...finished(2)],
    abort: [on(at, abort), ends(aborted)],
    // Later than its pods go: sooner is a scenario of its own.
    abortAndRetry: [
      on(at, abort),
      on(rested(aborted, 4), retry),
      ends(settled(2, false)),
    ],
    newTemplate: [
      on(at, setImage(THIRD)),
      on(settled(3), promoteFull),
      ...finished(3),
    ],
    rollback: [on(at, setImage(IMAGE)), ...finished(3)],
    scaleUp: [on(at, scale(replicas + 3)), on(at, promoteFull), ...finished(2)],
    scaleDown: [
      on(at, scale(Math.max(1, replicas - 2))),
      on(at, promoteFull),
      ...finished(2),
    ],
    spoilAnalysis: [on(at, setMetric('errors', -1)), ends(over)],
  };
  return acts[event];
}

function stepOf(step: PlannedStep): Record<string, unknown> {
  if (step.kind === 'weight') return weight(step.weight);
  if (step.kind === 'scale') {
    return { setCanaryScale: { replicas: step.replicas } };
  }
  return STEPS[step.kind];
}
