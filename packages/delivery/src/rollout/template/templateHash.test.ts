import type { PodTemplateSpec } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { isSameTemplate, templateHash } from './templateHash';

const written: PodTemplateSpec = {
  metadata: { labels: { app: 'colors' } },
  spec: {
    containers: [
      {
        name: 'colors',
        image: 'demo/colors:blue',
        ports: [{ containerPort: 8080 }],
        resources: { requests: { cpu: '1000m', memory: '1Gi' } },
        readinessProbe: { httpGet: { port: 8080 } },
        env: [
          {
            name: 'POD',
            valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
          },
        ],
      },
    ],
    serviceAccountName: 'colors',
    volumes: [{ name: 'config', configMap: { name: 'colors' } }],
  },
};

/** The same, as an API server shows it on a ReplicaSet. */
const defaulted: PodTemplateSpec = {
  metadata: {
    labels: { app: 'colors', 'rollouts-pod-template-hash': '787cd9d74f' },
    creationTimestamp: undefined,
  },
  spec: {
    containers: [
      {
        name: 'colors',
        image: 'demo/colors:blue',
        imagePullPolicy: 'IfNotPresent',
        ports: [{ containerPort: 8080, protocol: 'TCP' }],
        resources: { requests: { cpu: '1', memory: '1Gi' } },
        readinessProbe: {
          httpGet: { port: 8080, path: '/', scheme: 'HTTP' },
          timeoutSeconds: 1,
          periodSeconds: 10,
          successThreshold: 1,
          failureThreshold: 3,
        },
        env: [
          {
            name: 'POD',
            valueFrom: {
              fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' },
            },
          },
        ],
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
      },
    ],
    serviceAccountName: 'colors',
    serviceAccount: 'colors',
    volumes: [
      { name: 'config', configMap: { name: 'colors', defaultMode: 420 } },
    ],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  },
};

const withImage = (image: string): PodTemplateSpec => ({
  spec: { containers: [{ name: 'c', image }] },
});

describe('templates', () => {
  it('are the same whatever the API server fills in', () => {
    expect(isSameTemplate(written, defaulted)).toBe(true);
    expect(templateHash(written)).toBe(templateHash(defaulted));
  });

  it('differ by what makes other pods', () => {
    expect(isSameTemplate(withImage('a:1'), withImage('a:2'))).toBe(false);
    expect(
      isSameTemplate(written, {
        ...written,
        metadata: { ...written.metadata, annotations: { restart: '1' } },
      }),
    ).toBe(false);
  });

  it.each([
    ['a', 'Always', true],
    ['a:latest', 'Always', true],
    ['registry:5000/a', 'Always', true],
    ['a:1', 'IfNotPresent', true],
    ['a@sha256:0', 'IfNotPresent', true],
    ['a:1', 'Always', false],
  ])('pull policy of %s by default %s: %s', (image, imagePullPolicy, same) => {
    expect(
      isSameTemplate(withImage(image), {
        spec: { containers: [{ name: 'c', image, imagePullPolicy }] },
      }),
    ).toBe(same);
  });

  it('have a hash that fits a label and changes with a collision', () => {
    expect(templateHash(written)).toMatch(/^[a-z0-9]{10}$/);
    expect(templateHash(written, 1)).not.toBe(templateHash(written));
  });
});
