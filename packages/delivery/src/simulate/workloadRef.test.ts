import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { simulate } from './simulate';
import { SimulatedCluster } from './simulatedCluster';
import { imageOf } from './testing/colorsScenario';
import { search, service, START, template } from './testing/demo';

describe('a rollout that refers to a Deployment', () => {
  it('takes its template, follows its changes and says which it has seen', () => {
    const rollout = search();
    const pods = structuredClone(rollout.spec.template);
    rollout.spec.template = undefined;
    rollout.spec.workloadRef = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'search',
    };
    let deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'search', namespace: 'demo', generation: 1 },
      spec: { template: pods },
    } satisfies KubeObject & { spec: unknown };
    const cluster = new SimulatedCluster({
      rollout,
      services: [service('search', 'search')],
      analysisTemplates: [template()],
      workload: () => deployment,
      podLife: () => 1_000,
      analysisFate: () => undefined,
    });
    simulate(cluster, START, START + 30_000);
    expect(cluster.rollout.status).toMatchObject({
      phase: 'Healthy',
      workloadObservedGeneration: '1',
    });

    deployment = structuredClone(deployment);
    const [container] = deployment.spec.template?.spec.containers ?? [];
    if (container) container.image = 'demo/search:green';
    deployment.metadata.generation = 2;
    simulate(cluster, START + 30_000, START + 40_000);

    expect(cluster.revisions().map(imageOf)).toEqual([
      'demo/search:blue',
      'demo/search:green',
    ]);
    expect(cluster.rollout.status).toMatchObject({
      currentStepIndex: 1,
      workloadObservedGeneration: '2',
    });
  });
});
