import { DeleteOptions, NewObject } from '../api/clusterApi';
import { createManualClock } from '../testing/manualClock';
import { createClusterStore } from './createClusterStore';

const PODS = { group: '', resource: 'pods' };
const CONFIG_MAPS = { group: '', resource: 'configmaps' };

const pod = (spec: object): NewObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', namespace: 'default' },
  spec: { containers: [{ name: 'c', image: 'demo/colors:blue' }], ...spec },
});

/** A cluster with one pod, a clock at midnight, and a delete that tells how the pod stands after it. */
function clusterWith(spec: object) {
  const clock = createManualClock(Date.UTC(2026, 0, 1));
  const store = createClusterStore({ clock });
  store.create(PODS, pod(spec));
  const remove = (options?: DeleteOptions) => {
    store.delete(PODS, 'default', 'a', options);
    const left = store.find(PODS, 'default', 'a');
    if (!left) return 'gone';
    const { deletionTimestamp, deletionGracePeriodSeconds } = left.metadata;
    return `${deletionTimestamp!.slice(11, 19)} after ${deletionGracePeriodSeconds} s`;
  };
  const ends = (phase: string) =>
    store.patch(
      PODS,
      'default',
      'a',
      { status: { phase } },
      { type: 'merge', subresource: 'status' },
    );
  return { clock, store, remove, ends };
}

describe('a pod that is deleted', () => {
  it('has the time that the caller gives it, or else what it asks for itself', () => {
    const ownTime = { nodeName: 'n', terminationGracePeriodSeconds: 5 };

    expect(clusterWith(ownTime).remove()).toBe('00:00:05 after 5 s');
    expect(clusterWith(ownTime).remove({ gracePeriodSeconds: 60 })).toBe(
      '00:01:00 after 60 s',
    );
    expect(clusterWith({ nodeName: 'n' }).remove()).toBe('00:00:30 after 30 s');
  });

  it.each([0, 10])(
    'can be given less time than it has, counted from the first delete: %d s',
    async seconds => {
      const { clock, remove } = clusterWith({ nodeName: 'n' });
      remove({ gracePeriodSeconds: 60 });
      await clock.advance(3000);

      expect(remove({ gracePeriodSeconds: seconds })).toBe(
        seconds === 0 ? 'gone' : '00:00:10 after 10 s',
      );
    },
  );

  it('cannot be given more', async () => {
    const { clock, remove } = clusterWith({ nodeName: 'n' });
    remove({ gracePeriodSeconds: 10 });
    await clock.advance(3000);

    expect(remove({ gracePeriodSeconds: 60 })).toBe('00:00:10 after 10 s');
  });

  it('is left the time it has by who names none, though it asks for less itself', () => {
    const { remove } = clusterWith({
      nodeName: 'n',
      terminationGracePeriodSeconds: 5,
    });
    remove({ gracePeriodSeconds: 60 });

    expect(remove()).toBe('00:01:00 after 60 s');
  });

  it('has a second at least when the caller gives it less than nothing', () => {
    const { remove } = clusterWith({ nodeName: 'n' });

    expect(remove({ gracePeriodSeconds: -1 })).toBe('00:00:01 after 1 s');
  });

  it.each(['Succeeded', 'Failed'])('goes at once when it has %s', phase => {
    const { remove, ends } = clusterWith({ nodeName: 'n' });
    ends(phase);

    expect(remove({ gracePeriodSeconds: 60 })).toBe('gone');
  });

  it('goes at once when no node has it', () => {
    expect(clusterWith({}).remove({ gracePeriodSeconds: 60 })).toBe('gone');
  });
});

describe('an object that has finalizers', () => {
  it('is marked once, however often it is deleted', async () => {
    const clock = createManualClock();
    const store = createClusterStore({ clock });
    const created = store.create(CONFIG_MAPS, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'a',
        namespace: 'default',
        finalizers: ['example.com/wait'],
      },
    });
    const marked = store.delete(CONFIG_MAPS, 'default', 'a');
    await clock.advance(5000);

    const again = store.delete(CONFIG_MAPS, 'default', 'a');

    expect(marked.metadata.deletionTimestamp).toBe(
      created.metadata.creationTimestamp,
    );
    expect(again).toEqual(marked);
  });
});

describe('a delete', () => {
  const DEPLOYMENTS = { group: 'apps', resource: 'deployments' };

  function clusterWithDeployment() {
    const store = createClusterStore({ clock: createManualClock() });
    const labels = { app: 'web' };
    const { spec } = pod({});
    const created = store.create(DEPLOYMENTS, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a', namespace: 'default' },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec },
      },
    });
    const remove = (options: DeleteOptions) =>
      store.delete(DEPLOYMENTS, 'default', 'a', options);
    const find = () => store.find(DEPLOYMENTS, 'default', 'a');
    return { created, remove, find };
  }

  it('is of the version that it names only', () => {
    const { remove, find } = clusterWithDeployment();

    expect(() => remove({ preconditions: { resourceVersion: '1' } })).toThrow(
      expect.objectContaining({ code: 409 }),
    );
    expect(find()).toBeDefined();
  });

  it('marks the object, as another generation of it', () => {
    const { remove, find } = clusterWithDeployment();

    remove({ propagationPolicy: 'Foreground' });

    expect(find()?.metadata).toMatchObject({
      generation: 2,
      finalizers: ['foregroundDeletion'],
    });
  });

  it('that comes later says anew what becomes of the dependents', () => {
    const { remove, find } = clusterWithDeployment();
    remove({ propagationPolicy: 'Foreground' });

    remove({ propagationPolicy: 'Orphan' });

    expect(find()?.metadata.finalizers).toEqual(['orphan']);
  });

  it('marks nothing in a dry run', () => {
    const { created, remove, find } = clusterWithDeployment();

    const shown = remove({ propagationPolicy: 'Foreground', dryRun: true });

    expect(shown.metadata.deletionTimestamp).toBeDefined();
    expect(find()).toEqual(created);
  });
});

describe('a namespace that is deleted', () => {
  const NAMESPACES = { group: '', resource: 'namespaces' };

  it('says that it is terminating', () => {
    const store = createClusterStore({ clock: createManualClock() });
    store.create(NAMESPACES, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'demo' },
    });

    expect(store.delete(NAMESPACES, undefined, 'demo').status.phase).toBe(
      'Terminating',
    );
  });

  it.each(['default', 'kube-system', 'kube-public'])(
    'is not %s, which every cluster has',
    name => {
      const store = createClusterStore({ clock: createManualClock() });

      expect(() => store.delete(NAMESPACES, undefined, name)).toThrow(
        expect.objectContaining({
          code: 403,
          message: expect.stringContaining('this namespace may not be deleted'),
        }),
      );
    },
  );
});
