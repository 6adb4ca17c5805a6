import type {
  CanaryStep,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { SimulatedCluster } from '../../simulate/simulatedCluster';
import {
  checkout,
  colors,
  search,
  service,
  START,
  template,
  virtualService,
} from '../../simulate/testing/demo';
import { planRollout } from '../planRollout';
import type { RolloutSnapshot } from '../snapshot';

function snapshotOf(rollout: Rollout): RolloutSnapshot {
  return new SimulatedCluster({
    rollout,
    services: [
      service('colors-stable'),
      service('colors-canary'),
      service('checkout-active', 'checkout'),
      service('checkout-preview', 'checkout'),
    ],
    routes: [virtualService()],
    analysisTemplates: [template()],
    podLife: () => 0,
    analysisFate: () => undefined,
  }).snapshot(START);
}

function canaryOf(rollout: Rollout) {
  return rollout.spec.strategy?.canary ?? {};
}

const withSteps = (...steps: CanaryStep[]): Rollout => {
  const rollout = search();
  canaryOf(rollout).steps = steps;
  return rollout;
};

const changed = (change: (rollout: Rollout) => void): Rollout => {
  const rollout = colors();
  change(rollout);
  return rollout;
};

function problemOf(snapshot: RolloutSnapshot): string | undefined {
  const plan = planRollout(snapshot, START);
  const condition = plan.status.conditions?.find(c => c.type === 'InvalidSpec');
  if (condition) {
    expect(plan.writes).toEqual([]);
    expect(plan.status.phase).toBe('Degraded');
    expect(plan.status.message).toBe(`InvalidSpec: ${condition.message}`);
  }
  return condition?.message?.replace(/^The Rollout "\w+" is invalid: /, '');
}

describe('a rollout that cannot be carried out', () => {
  it('is said to be so in the words of the reference', () => {
    const { status } = planRollout(
      snapshotOf(withSteps({ setWeight: 140 })),
      START,
    );

    expect(status.message).toBe(
      'InvalidSpec: The Rollout "search" is invalid: spec.strategy.canary.steps[0].setWeight: Invalid value: 140: SetWeight needs to be between 0 and 100',
    );
    expect(status.observedGeneration).toBe('1');
  });

  it.each<[string, Rollout, string]>([
    [
      'two things in one step',
      withSteps({ setWeight: 10, pause: {} }),
      'spec.strategy.canary.steps[0]: Invalid value: {"setWeight":10,"pause":{}}: Step must have one of',
    ],
    [
      'an empty step',
      withSteps({ setWeight: 10 }, {}),
      'spec.strategy.canary.steps[1]: Invalid value: {}: Step must have one of',
    ],
    [
      'a pause that is no duration',
      withSteps({ pause: { duration: 'soon' } }),
      'spec.strategy.canary.steps[0].pause.duration: Invalid value: "soon": Duration needs to be greater than 0',
    ],
    [
      'a canary scale without a router',
      withSteps({ setCanaryScale: { replicas: 1 } }),
      'spec.strategy.canary.trafficRouting: Required value: SetCanaryScale requires TrafficRouting to be set',
    ],
    [
      'a step kind that this controller has not',
      withSteps({ dance: {} } as unknown as CanaryStep),
      'spec.strategy.canary.steps[0].dance: Unsupported',
    ],
    [
      'an analysis template that does not exist',
      withSteps({ analysis: { templates: [{ templateName: 'nope' }] } }),
      `spec.strategy.canary.steps[0].analysis.templates: Invalid value: "nope": AnalysisTemplate 'nope' not found`,
    ],
    [
      'an amount that is no quantity',
      changed(({ spec }) => {
        const [container] = spec.template!.spec!.containers!;
        container!.resources = { limits: { cpu: 'asdf', memory: '1.5Gi' } };
      }),
      'spec.template.spec.containers[0].resources.limits.cpu: Invalid value: "asdf": is no quantity, such as 500m, 2 or 1Gi',
    ],
    [
      'a selector with an operator that there is not',
      changed(({ spec }) => {
        const near = { key: 'app', operator: 'Near', values: ['x'] };
        Object.assign(spec, { selector: { matchExpressions: [near] } });
      }),
      'spec.selector.matchExpressions[0].operator: Invalid value: "Near": not a valid selector operator',
    ],
    [
      'a selector without the values that it needs',
      changed(({ spec }) => {
        spec.selector = { matchExpressions: [{ key: 'app', operator: 'In' }] };
      }),
      'spec.selector.matchExpressions[0].values: Required value',
    ],
    [
      'no surge and nothing unavailable',
      changed(rollout =>
        Object.assign(canaryOf(rollout), { maxSurge: 0, maxUnavailable: '0%' }),
      ),
      'spec.strategy.canary.maxSurge: Invalid value: 0: MaxSurge and MaxUnavailable both can not be zero',
    ],
    [
      'a service that does not exist',
      changed(rollout => {
        canaryOf(rollout).canaryService = 'nope';
      }),
      'spec.strategy.canary.canaryService: Invalid value: "nope": service "nope" not found',
    ],
    [
      'a header route without routing',
      withSteps({ setHeaderRoute: { name: 'debug' } }),
      'spec.strategy.canary.steps[0].setHeaderRoute: Invalid value: "debug": SetHeaderRoute requires TrafficRouting',
    ],
    [
      'routing without services',
      changed(rollout => {
        canaryOf(rollout).stableService = undefined;
      }),
      'spec.strategy.canary.stableService: Invalid value: "": Canary service and Stable service must',
    ],
    [
      'a VirtualService that does not exist',
      changed(rollout => {
        canaryOf(rollout).trafficRouting = {
          istio: { virtualService: { name: 'nope' } },
        };
      }),
      'spec.strategy.canary.trafficRouting.istio.virtualService.name: Invalid value: "nope": VirtualService "nope" not found in namespace "demo"',
    ],
    [
      'an HTTP route that does not exist',
      changed(rollout => {
        canaryOf(rollout).trafficRouting = {
          istio: { virtualService: { name: 'colors', routes: ['nope'] } },
        };
      }),
      'spec.strategy.canary.trafficRouting.istio.virtualService.routes[0]: Invalid value: "nope": VirtualService "colors" has no such HTTP route',
    ],
    [
      'another router',
      changed(rollout => {
        canaryOf(rollout).trafficRouting = { plugins: { 'some/mesh': {} } };
      }),
      'spec.strategy.canary.trafficRouting.plugins.some/mesh: Unsupported',
    ],
    [
      'two strategies',
      changed(rollout => {
        rollout.spec.strategy = { canary: {}, ...checkout().spec.strategy };
      }),
      'spec.strategy: Invalid value: Multiple Strategies can not be listed',
    ],
    [
      'no strategy',
      changed(rollout => {
        rollout.spec.strategy = {};
      }),
      'spec.strategy: Required value: Rollout has missing field .spec.strategy.canary or .spec.strategy.blueGreen',
    ],
    [
      'blue-green without the service that users reach',
      checkout({ activeService: '' }),
      'spec.strategy.blueGreen.activeService: Required value: Rollout has missing field',
    ],
    [
      'one service in both roles',
      checkout({ previewService: 'checkout-active' }),
      'spec.strategy.blueGreen.activeService: Invalid value: "checkout-active": This rollout uses the same service for the active and preview services, but two different services are required.',
    ],
    [
      'an active service that does not exist',
      checkout({ activeService: 'nope' }),
      'spec.strategy.blueGreen.activeService: Invalid value: "nope": service "nope" not found',
    ],
    [
      'a preview service that does not exist',
      checkout({ previewService: 'nope' }),
      'spec.strategy.blueGreen.previewService: Invalid value: "nope": service "nope" not found',
    ],
    [
      'fewer than no preview',
      checkout({ previewReplicaCount: -1 }),
      'spec.strategy.blueGreen.previewReplicaCount: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      'a promotion in the past',
      checkout({ autoPromotionSeconds: -5 }),
      'spec.strategy.blueGreen.autoPromotionSeconds: Invalid value: -5',
    ],
    [
      'a delay that is no number',
      checkout({ scaleDownDelaySeconds: 'soon' as unknown as number }),
      'spec.strategy.blueGreen.scaleDownDelaySeconds: Invalid value: "soon"',
    ],
    [
      'an abort that leaves in the past',
      checkout({ abortScaleDownDelaySeconds: -1 }),
      'spec.strategy.blueGreen.abortScaleDownDelaySeconds: Invalid value: -1',
    ],
    [
      'more old revisions up than are kept at all',
      checkout({ scaleDownDelayRevisionLimit: 11 }),
      "spec.strategy.blueGreen.scaleDownDelayRevisionLimit: Invalid value: 11: This rollout's revision history limit can not be smaller than the rollout's scale down limit",
    ],
    [
      'a share that is none',
      checkout({ maxUnavailable: 'many' }),
      'spec.strategy.blueGreen.maxUnavailable: Invalid value: "many"',
    ],
    [
      'an analysis before promotion that does not exist',
      checkout({
        prePromotionAnalysis: { templates: [{ templateName: 'x' }] },
      }),
      `spec.strategy.blueGreen.prePromotionAnalysis.templates: Invalid value: "x": AnalysisTemplate 'x' not found`,
    ],
    [
      'an analysis after promotion of nothing',
      checkout({ postPromotionAnalysis: {} }),
      'spec.strategy.blueGreen.postPromotionAnalysis.templates: Required value: name at least one analysis template',
    ],
    [
      'a selector that does not match the template',
      changed(rollout => {
        rollout.spec.selector = { matchLabels: { app: 'other' } };
      }),
      'spec.template.metadata.labels: Invalid value: {"app":"colors"}: `selector` does not match template `labels`',
    ],
    [
      'no selector',
      changed(rollout => {
        rollout.spec.selector = undefined;
      }),
      'spec.selector: Required value',
    ],
    [
      'a deadline that nothing can meet',
      changed(rollout =>
        Object.assign(rollout.spec, {
          progressDeadlineSeconds: 5,
          minReadySeconds: 10,
        }),
      ),
      'spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds',
    ],
    [
      'null where an object should be',
      changed(rollout => {
        rollout.spec.strategy = {
          canary: {
            steps: null as unknown as CanaryStep[],
            trafficRouting: null as never,
          },
        };
        rollout.spec.selector = null as never;
      }),
      'spec.selector: Required value',
    ],
    [
      'nonsense in the place of steps',
      changed(rollout => {
        canaryOf(rollout).steps = 'fast' as unknown as CanaryStep[];
      }),
      'spec: Invalid value: cannot be read',
    ],
  ])('%s', (_, rollout, problem) => {
    expect(problemOf(snapshotOf(rollout))).toContain(problem);
  });

  it('names a service whose selector matches none of its pods', () => {
    const snapshot = snapshotOf(colors());
    snapshot.services['colors-canary'] = service('colors-canary', 'other');

    expect(problemOf(snapshot)).toContain(
      'Service "colors-canary" has unmatch label "app" in rollout',
    );
  });

  it('names an active service that selects other pods', () => {
    const snapshot = snapshotOf(checkout());
    snapshot.services['checkout-active'] = service('checkout-active', 'other');

    expect(problemOf(snapshot)).toContain(
      'spec.strategy.blueGreen.activeService: Invalid value: "checkout-active": Service "checkout-active" has unmatch label "app" in rollout',
    );
  });

  it('names a promotion analysis that would never end', () => {
    const endless = template();
    endless.spec.metrics = endless.spec.metrics?.map(
      ({ count: _, ...metric }) => metric,
    );
    const snapshot = snapshotOf(
      checkout({
        postPromotionAnalysis: {
          templates: [{ templateName: 'success-rate' }],
        },
      }),
    );
    snapshot.analysisTemplates['success-rate'] = endless;

    expect(problemOf(snapshot)).toContain(
      'spec.strategy.blueGreen.postPromotionAnalysis.templates: Invalid value: "success-rate": metric success-rate runs indefinitely',
    );
  });

  it('names a step analysis that would never end', () => {
    const endless = template();
    endless.spec.metrics = endless.spec.metrics?.map(
      ({ count: _, ...metric }) => metric,
    );
    const snapshot = snapshotOf(search());
    snapshot.analysisTemplates['success-rate'] = endless;

    expect(problemOf(snapshot)).toContain('runs indefinitely');
  });

  it('goes on once the manifest is corrected', () => {
    const snapshot = snapshotOf(withSteps({ setWeight: 140 }));
    const { status } = planRollout(snapshot, START);
    const corrected = snapshotOf({ ...search(), status });

    const plan = planRollout(corrected, START);

    expect(plan.status.conditions?.map(c => c.type)).not.toContain(
      'InvalidSpec',
    );
    expect(plan.writes.map(write => write.verb)).toContain('create');
  });
});
