import { type AnyObject, RESOURCES } from '@progressive-delivery/kube';
import { ends, on, promoteAt, scenario } from '../acts';
import { abort, patchOf, setWorkloadImage } from '../actions';
import {
  LABELS,
  NEXT,
  blueGreen,
  canary,
  pause,
  podTemplate,
  routedCanary,
  weight,
} from '../builders';
import { aborted, healthy, observed, paused, pausedAt } from '../milestones';
import type { Scenario } from '../scenario';

const POD_TEMPLATES = {
  group: '',
  version: 'v1',
  kind: 'PodTemplate',
  plural: 'podtemplates',
  namespaced: true,
};

const deployment = (replicas: number): AnyObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'app' },
  spec: {
    replicas,
    selector: { matchLabels: LABELS },
    template: podTemplate(),
  },
});

const refersTo = (
  kind: string,
  scaleDown?: string,
  apiVersion = 'apps/v1',
) => ({
  template: undefined,
  selector: undefined,
  workloadRef: {
    apiVersion,
    kind,
    name: 'app',
    ...(scaleDown && { scaleDown }),
  },
});

const stairs = [weight(50), pause()];
const update = on(healthy(), setWorkloadImage(NEXT));
const climbed = [update, ...promoteAt(1), ends(healthy(2))];

const migrated = observed(
  'the Deployment is empty',
  ({ objects }) =>
    objects.get(RESOURCES.deployments, 'app')?.spec.replicas === 0,
);

const selector = { selector: { matchLabels: LABELS } };

/** The template lives elsewhere; a Deployment is migrated from. */
export const WORKLOAD_REF: Scenario[] = [
  ...['never', 'onsuccess', 'progressively'].map(scaleDown =>
    scenario(
      `workload-ref/deployment-${scaleDown}`,
      [
        deployment(4),
        ...canary(stairs, {}, { ...refersTo('Deployment', scaleDown) }),
      ],
      [ends(healthy())],
    ),
  ),
  scenario(
    'workload-ref/deployment-migrated-then-updated',
    [
      deployment(4),
      ...canary(stairs, {}, { ...refersTo('Deployment', 'onsuccess') }),
    ],
    [ends(migrated), ...climbed],
  ),
  scenario(
    'workload-ref/progressively-then-updated',
    [
      deployment(4),
      ...canary(stairs, {}, { ...refersTo('Deployment', 'progressively') }),
    ],
    [ends(migrated), ...climbed],
  ),
  scenario(
    'workload-ref/deployment-routed',
    [deployment(0), ...routedCanary(stairs, {}, { ...refersTo('Deployment') })],
    climbed,
  ),
  scenario(
    'workload-ref/deployment-aborted',
    [deployment(0), ...routedCanary(stairs, {}, { ...refersTo('Deployment') })],
    [update, on(pausedAt(1), abort), ends(aborted)],
  ),
  scenario(
    'workload-ref/deployment-blue-green',
    [
      deployment(0),
      ...blueGreen(
        { autoPromotionEnabled: false },
        { ...refersTo('Deployment') },
      ),
    ],
    [update, ends(paused(2))],
  ),
  scenario(
    'workload-ref/deployment-replicas-changed',
    [deployment(0), ...canary(stairs, {}, { ...refersTo('Deployment') })],
    [
      on(
        healthy(),
        patchOf(RESOURCES.deployments, 'app', { spec: { replicas: 1 } }),
      ),
      ends(healthy()),
    ],
  ),
  scenario(
    'workload-ref/pod-template',
    [
      {
        apiVersion: 'v1',
        kind: 'PodTemplate',
        metadata: { name: 'app' },
        template: podTemplate(),
      } as unknown as AnyObject,
      ...canary(
        stairs,
        {},
        {
          ...refersTo('PodTemplate', undefined, 'v1'),
          ...selector,
        },
      ),
    ],
    [
      on(healthy(), setWorkloadImage(NEXT, POD_TEMPLATES)),
      ...promoteAt(1),
      ends(healthy(2)),
    ],
  ),
  scenario(
    'workload-ref/replica-set',
    [
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: { name: 'app' },
        spec: {
          replicas: 0,
          selector: { matchLabels: { ...LABELS, of: 'replica-set' } },
          template: podTemplate(undefined, { labels: { of: 'replica-set' } }),
        },
      },
      ...canary(stairs, {}, { ...refersTo('ReplicaSet') }),
    ],
    [
      on(healthy(), setWorkloadImage(NEXT, RESOURCES.replicaSets)),
      ...promoteAt(1),
      ends(healthy(2)),
    ],
  ),
];
