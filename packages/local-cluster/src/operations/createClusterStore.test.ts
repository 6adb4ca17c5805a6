import { ApiError } from '../api/apiError';
import { NewObject, WatchEvent } from '../api/clusterApi';
import { createManualClock } from '../testing/manualClock';
import { createClusterStore } from './createClusterStore';

const PODS = { group: '', resource: 'pods' };
const ROLLOUTS = { group: 'argoproj.io', resource: 'rollouts' };
const CRDS = {
  group: 'apiextensions.k8s.io',
  resource: 'customresourcedefinitions',
};

const rollout: NewObject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'colors', namespace: 'default' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'colors' } },
    strategy: { canary: { steps: [{ setWeight: 20 }, { pause: {} }] } },
  },
};

const pod: NewObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', namespace: 'default' },
  spec: { containers: [{ name: 'c', image: 'demo/colors:blue' }] },
};

function createStore() {
  return createClusterStore({ clock: createManualClock() });
}

function refusal(act: () => unknown): ApiError {
  try {
    act();
  } catch (error) {
    return error as ApiError;
  }
  throw new Error('it was not refused');
}

describe('the cluster in process', () => {
  it('bumps the generation for a new spec, not for labels or status', () => {
    const store = createStore();
    store.create(ROLLOUTS, rollout);
    const patch = (body: object, subresource?: string) =>
      store.patch(ROLLOUTS, 'default', 'colors', body, {
        type: 'merge',
        subresource,
      }).metadata.generation;

    expect(patch({ metadata: { labels: { a: 'b' } } })).toBe(1);
    expect(patch({ status: { abort: true } }, 'status')).toBe(1);
    expect(patch({ spec: { paused: true } })).toBe(2);
    expect(patch({ spec: { paused: true } })).toBe(2);
  });

  it('writes status through its subresource only, and nothing else through it', () => {
    const store = createStore();
    store.create(ROLLOUTS, { ...rollout, status: { phase: 'Healthy' } });
    const both = { spec: { replicas: 9 }, status: { phase: 'Paused' } };
    const patch = (subresource?: string) =>
      store.patch(ROLLOUTS, 'default', 'colors', both, {
        type: 'merge',
        subresource,
      });

    expect(store.get(ROLLOUTS, 'default', 'colors').status).toBeUndefined();
    expect(patch('status')).toMatchObject({
      spec: { replicas: 3 },
      status: { phase: 'Paused' },
    });
    store.patch(
      ROLLOUTS,
      'default',
      'colors',
      { status: { phase: 'Degraded' } },
      { type: 'merge' },
    );
    expect(store.get(ROLLOUTS, 'default', 'colors').status.phase).toBe(
      'Paused',
    );
  });

  it('refuses a write that was decided on an older state', () => {
    const store = createStore();
    const read = store.create(ROLLOUTS, rollout);
    store.patch(
      ROLLOUTS,
      'default',
      'colors',
      { spec: { paused: true } },
      { type: 'merge' },
    );

    const error = refusal(() =>
      store.update(ROLLOUTS, { ...read, spec: { ...read.spec, replicas: 5 } }),
    );

    expect(error).toMatchObject({ code: 409, reason: 'Conflict' });
  });

  it('names the field of a custom resource that has the wrong type', () => {
    const store = createStore();
    const wrong = { ...rollout, spec: { ...rollout.spec, replicas: 'three' } };

    const error = refusal(() => store.create(ROLLOUTS, wrong));

    expect(error.code).toBe(422);
    expect(error.status.details?.causes?.[0]).toMatchObject({
      field: 'spec.replicas',
      reason: 'FieldValueTypeInvalid',
    });
  });

  it('prunes fields that the schema does not know', () => {
    const store = createStore();

    const created = store.create(ROLLOUTS, {
      ...rollout,
      spec: { ...rollout.spec, bogus: 1 },
    });

    expect(created.spec).not.toHaveProperty('bogus');
  });

  it('lets an object go when its last finalizer does', () => {
    const store = createStore();
    store.create(ROLLOUTS, {
      ...rollout,
      metadata: { ...rollout.metadata, finalizers: ['example.com/wait'] },
    });

    store.delete(ROLLOUTS, 'default', 'colors');
    const waiting = store.get(ROLLOUTS, 'default', 'colors');
    store.patch(
      ROLLOUTS,
      'default',
      'colors',
      { metadata: { finalizers: null } },
      { type: 'merge' },
    );

    expect(waiting.metadata.deletionTimestamp).toBeDefined();
    expect(store.find(ROLLOUTS, 'default', 'colors')).toBeUndefined();
  });

  it('ends a bound pod gracefully and an unbound one at once', () => {
    const store = createStore();
    store.create(PODS, pod);
    store.create(PODS, { ...pod, metadata: { ...pod.metadata, name: 'b' } });
    store.patch(
      PODS,
      'default',
      'a',
      { spec: { nodeName: 'n' } },
      { type: 'merge' },
    );

    store.delete(PODS, 'default', 'a');
    store.delete(PODS, 'default', 'b');

    expect(
      store.get(PODS, 'default', 'a').metadata.deletionGracePeriodSeconds,
    ).toBe(30);
    expect(store.find(PODS, 'default', 'b')).toBeUndefined();
    store.delete(PODS, 'default', 'a', { gracePeriodSeconds: 0 });
    expect(store.find(PODS, 'default', 'a')).toBeUndefined();
  });

  it('refuses a delete whose precondition names another uid', () => {
    const store = createStore();
    store.create(PODS, pod);

    const error = refusal(() =>
      store.delete(PODS, 'default', 'a', { preconditions: { uid: 'other' } }),
    );

    expect(error.code).toBe(409);
    expect(store.find(PODS, 'default', 'a')).toBeDefined();
  });

  it('stores nothing on a dry run', () => {
    const store = createStore();

    const answer = store.create(PODS, pod, { dryRun: true });

    expect(answer.metadata.uid).toBeDefined();
    expect(store.find(PODS, 'default', 'a')).toBeUndefined();
  });

  it('tells watchers of each write in order, after the write', async () => {
    const store = createStore();
    const seen: string[] = [];
    store.watch(PODS, ({ type, object }: WatchEvent) =>
      seen.push(`${type} ${object.metadata.name}`),
    );

    store.create(PODS, pod);
    store.delete(PODS, 'default', 'a');
    expect(seen).toEqual([]);
    await Promise.resolve();

    expect(seen).toEqual(['ADDED a', 'DELETED a']);
  });

  it('serves a kind as long as its CRD exists', () => {
    const store = createStore();
    const widgets = { group: 'example.com', resource: 'widgets' };
    const widget: NewObject = {
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { name: 'w', namespace: 'default' },
      spec: {},
    };
    store.create(CRDS, {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { kind: 'Widget', plural: 'widgets' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: {
                  spec: {
                    type: 'object',
                    properties: { size: { type: 'integer', default: 7 } },
                  },
                },
              },
            },
          },
        ],
      },
    });

    expect(store.create(widgets, widget).spec.size).toBe(7);
    store.delete(CRDS, undefined, 'widgets.example.com');
    expect(refusal(() => store.list(widgets)).code).toBe(404);
  });
});
