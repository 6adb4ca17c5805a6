import type { Rollout } from '../kubernetes/rollout';
import { convertDeployment } from './convertDeployment';
import { DescriptionError } from './description';

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop', namespace: 'demo', labels: { team: 'a' } },
  spec: {
    replicas: 4,
    minReadySeconds: 10,
    selector: { matchLabels: { run: 'shop' } },
    template: {
      metadata: { labels: { run: 'shop', tier: 'web' } },
      spec: {
        containers: [
          {
            name: 'main',
            image: 'example/shop:1',
            ports: [{ containerPort: 3000 }],
          },
        ],
      },
    },
  },
};

const rolloutOf = (objects: readonly { kind?: string }[]) =>
  objects.find(each => each.kind === 'Rollout') as Rollout;

describe('convertDeployment', () => {
  it('in place keeps pods, selector and numbers', () => {
    const { objects } = convertDeployment(deployment, {}, 'in-place');
    const { metadata, spec } = rolloutOf(objects);

    expect(metadata).toEqual(deployment.metadata);
    expect(spec).toMatchObject({
      replicas: 4,
      minReadySeconds: 10,
      selector: deployment.spec.selector,
      template: deployment.spec.template,
    });
  });

  it('in place keeps annotations, but not what the cluster wrote of a Deployment', () => {
    const annotated = {
      ...deployment,
      metadata: {
        ...deployment.metadata,
        annotations: {
          'team/contact': 'shop',
          'deployment.kubernetes.io/revision': '7',
          'kubectl.kubernetes.io/last-applied-configuration': '{}',
        },
      },
    };
    const annotationsOf = (mode: 'in-place' | 'workload-ref') =>
      rolloutOf(convertDeployment(annotated, {}, mode).objects).metadata
        .annotations;

    expect(annotationsOf('in-place')).toEqual({ 'team/contact': 'shop' });
    // There it is still the Deployment's.
    expect(annotationsOf('workload-ref')).toBeUndefined();
  });

  it('keeps the limits of the Deployment, and its pods if they are none now', () => {
    const own = {
      replicas: 0,
      revisionHistoryLimit: 3,
      progressDeadlineSeconds: 300,
    };
    const limited = { ...deployment, spec: { ...deployment.spec, ...own } };

    for (const mode of ['in-place', 'workload-ref'] as const) {
      const { objects } = convertDeployment(limited, {}, mode);
      expect(rolloutOf(objects).spec).toMatchObject(own);
    }
  });

  it('makes services lead to the port by the name that it has', () => {
    const { template } = deployment.spec;
    const [container] = template.spec.containers;
    const named = {
      ...container,
      ports: [{ name: 'web', containerPort: 3000 }, { containerPort: 9090 }],
    };
    const spec = {
      ...deployment.spec,
      template: { ...template, spec: { containers: [named] } },
    };
    const { objects } = convertDeployment(
      { ...deployment, spec },
      {},
      'in-place',
    );

    const services = objects.filter(each => each.kind === 'Service');
    expect(services).toHaveLength(3);
    for (const service of services) {
      expect(service).toMatchObject({
        spec: { ports: [{ targetPort: 'web' }] },
      });
    }
  });

  it('by workloadRef takes pods over one by one and leaves the Deployment', () => {
    const { objects, yaml } = convertDeployment(deployment, {}, 'workload-ref');
    const { spec } = rolloutOf(objects);

    expect(spec.workloadRef).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'shop',
      scaleDown: 'progressively',
    });
    expect(spec.template ?? spec.selector).toBeUndefined();
    expect(yaml).toContain('gives up a pod for each');
  });

  it('makes services that find the pods as they are', () => {
    const { objects } = convertDeployment(
      deployment,
      { preset: 'blue-green' },
      'in-place',
    );

    expect(objects.filter(each => each.kind === 'Service')).toMatchObject(
      ['shop', 'shop-preview'].map(name => ({
        metadata: { name },
        spec: { selector: { run: 'shop' }, ports: [{ targetPort: 3000 }] },
      })),
    );
  });

  it.each([
    ['nothing', undefined, 'must be a Deployment'],
    [
      'a StatefulSet',
      { ...deployment, kind: 'StatefulSet' },
      'must be a Deployment',
    ],
    ['one without pods', { ...deployment, spec: {} }, 'needs a selector'],
    ['a name in capitals', { ...deployment, metadata: { name: 'X' } }, 'name:'],
  ])('refuses %s', (_, value, message) => {
    expect(() => convertDeployment(value, {}, 'in-place')).toThrow(message);
    expect(() => convertDeployment(value, {}, 'in-place')).toThrow(
      DescriptionError,
    );
  });
});
